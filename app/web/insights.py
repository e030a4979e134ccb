"""Evidence: which content helps win, how that was found out, and what cannot be told yet."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import Kind
from app.clock import today
from app.errors import Invalid
from app.evidence.verdict import Verdict
from app.http import evidence_tables as tables
from app.http.evidence import brought_up_to_date
from app.inputs.insights import EvidenceListing
from app.queries import assets, people, stages
from app.queries.evidence import reading
from app.queries.paging import cursor
from app.web import evidence_words
from app.web.actor import current_actor
from app.web.forms import checked

bp = Blueprint("insights", __name__, url_prefix="/insights")
SHOWN = 50
LISTS = ("kind", "stage", "verdict")


@bp.get("/evidence")
def evidence_list() -> str | tuple[str, int]:
    """Every piece, those that likely help first."""
    actor = current_actor()
    try:
        asked, problem = _asked(), None
        brought_up_to_date(actor, asked)
    except Invalid as refused:
        asked, problem = EvidenceListing(limit=SHOWN), refused.detail
        brought_up_to_date(actor, asked)
    found = reading.evidence(actor, asked)
    page = render_template(
        "insights/evidence.html",
        found=found,
        problem=problem,
        previous=_page(found.first - SHOWN) if found and found.first else None,
        next=_page(found.first + SHOWN) if found and found.next else None,
        **_choices(asked),
    )
    return (page, 422) if problem else page


def _page(first: int) -> str:
    others: dict[str, Any] = {n: v for n, v in request.args.items() if v and n != "cursor"}
    return url_for("insights.evidence_list", **others, cursor=cursor(first) if first > 0 else None)


@bp.get("/evidence/<slug>")
def evidence_card(slug: str) -> str:
    """One piece: the comparison in words and figures, at every stage."""
    actor, asked = current_actor(), _asked()
    asset = assets.get(actor, slug)
    brought_up_to_date(actor, asked)
    found = reading.card(actor, asked, asset)
    return render_template("insights/card.html", found=found, asset=asset, **_choices(asked))


@bp.get("/evidence.csv")
def evidence_csv() -> Response:
    """Every piece with its figures, as a table."""
    actor, asked = current_actor(), _asked()
    brought_up_to_date(actor, asked)
    return tables.of_pieces(actor, asked)


@bp.get("/evidence/<slug>/rows.csv")
def evidence_rows(slug: str) -> Response:
    """The deals behind one piece's figures, as a table that these can be worked out from."""
    actor = current_actor()
    return tables.of_rows(actor, _asked(), assets.get(actor, slug))


@bp.get("/evidence/<slug>/peers.csv")
def evidence_peers(slug: str) -> Response:
    """The pieces that one is set against."""
    actor, asked = current_actor(), _asked()
    brought_up_to_date(actor, asked)
    return tables.of_peers(actor, asked, assets.get(actor, slug))


def _asked() -> EvidenceListing:
    lists = {name: [v for v in request.args.getlist(name) if v] for name in LISTS}
    single = {name: request.args.get(name, "") for name in ("from", "to", "team")}
    paged = {"cursor": request.args["cursor"]} if request.args.get("cursor") else {}
    return checked(EvidenceListing, {**lists, **single, **paged, "limit": SHOWN})


def _choices(asked: EvidenceListing) -> dict[str, Any]:
    return {
        "period": asked.period(today()),
        "words": evidence_words,
        "kinds": [kind.value for kind in Kind],
        "verdicts": [verdict.value for verdict in Verdict],
        "stages": stages.in_order(),
        "teams": people.teams_to_compare(current_actor()),
        "here": {n: value for n, value in request.args.items() if value and n != "cursor"},
    }
