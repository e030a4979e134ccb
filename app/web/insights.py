"""Insights: which content was used, how those deals ended, and what cannot be told yet."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import Kind
from app.errors import Invalid
from app.inputs.insights import EvidenceFilter
from app.queries import assets, evidence, people, stages
from app.web.actor import current_actor
from app.web.forms import checked

bp = Blueprint("insights", __name__, url_prefix="/insights")
SHOWN = 200
WHY = {
    "few_used": "fewer than 20 closed deals used it",
    "few_reps": "fewer than 5 people used it",
    "immature": "too many of these deals are still open",
    "few_comparable": "deals like these without it are not compared yet",
}


@bp.get("")
def index() -> Response:
    """The first of the insights."""
    return redirect(url_for("insights.evidence_list"), 303)


@bp.get("/evidence")
def evidence_list() -> str | tuple[str, int]:
    """Every piece with what was counted."""
    try:
        found, problem = evidence.evidence(current_actor(), _asked()), None
    except Invalid as refused:
        found, problem = evidence.evidence(current_actor(), EvidenceFilter()), refused.detail
    used = [row for row in found.rows if row.in_all.deals]
    unused = [row for row in found.rows if not row.in_all.deals]
    page = render_template(
        "insights/evidence.html",
        found=found,
        used=used[:SHOWN],
        used_count=len(used),
        unused=unused[:SHOWN],
        unused_count=len(unused),
        problem=problem,
        **_choices(),
    )
    return (page, 422) if problem else page


@bp.get("/evidence/<slug>")
def evidence_card(slug: str) -> str:
    """One piece: what was counted at which stage, and why no verdict is given."""
    actor = current_actor()
    found = evidence.evidence(actor, _asked(), only=assets.get(actor, slug))
    return render_template("insights/card.html", found=found, row=found.rows[0], **_choices())


def _asked() -> EvidenceFilter:
    lists = {name: [v for v in request.args.getlist(name) if v] for name in ("kind", "stage")}
    single = {name: request.args.get(name, "") for name in ("from", "to", "team")}
    return checked(EvidenceFilter, {**lists, **single})


def _choices() -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in Kind],
        "stages": stages.in_order(),
        "teams": people.teams_to_compare(current_actor()),
        "why": WHY,
        "here": {name: value for name, value in request.args.items() if value},
    }
