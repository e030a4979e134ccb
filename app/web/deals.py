"""Deals: the list, a deal with its timeline, and making or changing one by hand."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import Outcome
from app.clock import today
from app.db import transaction
from app.errors import Conflict, NotFound
from app.inputs.deal import TEXTS, DealChange, DealListing, NamedDeal
from app.inputs.fields import parted
from app.inputs.money import in_words
from app.models.deal import Deal
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import deals, feedback, people, stages, timeline, uses
from app.services import deals as verbs
from app.services.uses import can_be_undone
from app.web.actor import current_actor
from app.web.forms import Answer, checked, entered, joined, or_ask_again

bp = Blueprint("deals", __name__, url_prefix="/deals")
SHOWN = 50
CHANGED = (
    "Somebody changed this deal while you had it open. Nothing is saved yet: compare with the "
    "deal, then save once more to keep what stands here."
)


@bp.get("")
def index() -> str:
    """The deals that the person may see, open ones first of all."""
    actor = current_actor()
    outcome, mine = request.args.get("outcome", "open"), bool(request.args.get("mine"))
    stage, words = request.args.get("stage", ""), request.args.get("q", "")
    asked = checked(
        DealListing,
        {
            "outcome": [outcome] if outcome != "all" else [],
            "stage": [stage] if stage else [],
            "owner": [actor.email] if mine else [],
            "cursor": request.args.get("cursor"),
            "limit": SHOWN,
        },
    )
    found = deals.search(actor, asked, words)
    here: dict[str, Any] = {
        "outcome": outcome,
        "stage": stage or None,
        "q": words or None,
        "mine": mine or None,
    }
    return render_template(
        "deals/list.html",
        deals=found.items,
        total=found.total,
        here=here,
        outcomes=("open", "won", "lost", "all"),
        stages=stages.in_order(),
        older_url=url_for("deals.index", **here, cursor=found.next) if found.next else None,
        is_first=asked.cursor is None,
    )


@bp.get("/<int:deal_id>")
def deal(deal_id: int) -> str:
    """A deal: where it stands, what was used on it, what was said of that."""
    actor = current_actor()
    found = deals.by_id(actor, deal_id)
    used, notes = uses.of_deal(found), feedback.of_deal(actor, found)
    return render_template(
        "deals/deal.html",
        deal=found,
        stages=stages.in_order(),
        entered={entry.stage_id: entry.entered_at for entry in found.stage_history},
        timeline=timeline.of_deal(found, used, notes),
        pieces=timeline.pieces(used),
        can_be_undone=can_be_undone,
    )


@bp.get("/new")
def new() -> str:
    """The form for a deal that no CRM has sent."""
    values = {"opened_on": today().isoformat(), "currency": "EUR"}
    return render_template("deals/edit.html", values=values, errors={}, **_choices(None))


@bp.post("")
def create() -> Answer:
    """Make a deal by hand."""
    actor = current_actor()

    def work() -> Response:
        with transaction():
            external_id = request.form.get("external_id") or verbs.next_external_id()
            given = {**_given(), "external_id": external_id}
            given["owner_email"] = given.get("owner_email") or actor.email
            asked = checked(NamedDeal, given)
            made = verbs.add(actor, asked.external_id, asked)
        flash("The deal is here.", "success")
        return _shown(actor, made.id)

    return or_ask_again(work, "deals/edit.html", lambda: _choices(None))


@bp.route("/<int:deal_id>/edit", methods=["GET", "POST"])
def edit(deal_id: int) -> Answer:
    """Change a deal by hand."""
    actor = current_actor()
    found = deals.by_id(actor, deal_id)
    require(actor, Permission.CHANGE_DEAL, found)
    if request.method == "GET":
        return render_template(
            "deals/edit.html", values=_values(found), errors={}, **_choices(found)
        )

    def work() -> Response:
        asked = checked(DealChange, _given())
        with transaction():
            seen = deals.by_id(actor, deal_id)
            if request.form.get("seen", now_seen := seen.updated_at.isoformat()) != now_seen:
                raise Conflict(CHANGED)
            verbs.put(actor, seen.external_id, asked)
        flash("Saved.", "success")
        return _shown(actor, deal_id)

    return or_ask_again(work, "deals/edit.html", lambda: _choices(deals.by_id(actor, deal_id)))


def _shown(actor: User, deal_id: int) -> Response:
    """To the deal, or to the list where it is no longer the person's to see."""
    try:
        deals.by_id(actor, deal_id)
    except NotFound:
        flash("It belongs to somebody else now, so you do not see it any more.", "info")
        return redirect(url_for("deals.index"), 303)
    return redirect(url_for("deals.deal", deal_id=deal_id), 303)


def _given() -> dict[str, Any]:
    """The form's words as a change of a deal; a date or stage that is left empty is left out."""
    said = {name: text for name, text in entered().items() if name in (*TEXTS, "outcome")}
    given: dict[str, Any] = dict(said)
    for name in ("stage", "opened_on"):
        if text := request.form.get(name):
            given[name] = text
    if "owner_email" in request.form:
        given["owner_email"] = request.form["owner_email"]
    if request.form.get("outcome", "open") != "open":
        given["closed_on"] = request.form.get("closed_on") or None
    given["competitors"] = parted(request.form.get("competitors", ""))
    amount = request.form.get("amount", "").replace(" ", "")
    currency = request.form.get("currency", "")
    given["amount"] = {"amount": amount, "currency": currency} if amount else None
    return given


def _values(found: Deal) -> dict[str, str]:
    values = {name: str(getattr(found, name) or "") for name in (*TEXTS, "opened_on", "closed_on")}
    money = in_words(found.amount, found.currency) or ("", "EUR")
    return values | {
        "owner_email": found.owner.email if found.owner else "",
        "amount": money[0],
        "currency": money[1],
        "competitors": joined(found.competitors),
        "stage": found.stage.name if found.stage else "",
        "outcome": found.outcome.value,
    }


def _choices(found: Deal | None) -> Mapping[str, Any]:
    return {
        "deal": found,
        "seen": found.updated_at.isoformat() if found else "",
        "owners": people.owners() if found or verbs.may_choose_owner(current_actor()) else [],
        "stages": stages.in_order(),
        "outcomes": [outcome.value for outcome in Outcome],
    }
