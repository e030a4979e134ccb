"""Recalls: what one is to replace oneself, and how far the others are."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import transaction
from app.http.tables import Cell, csv_file
from app.inputs.recall import RecallListing
from app.models.recall import Recall
from app.policy.permissions import Permission
from app.policy.rules import allows, require
from app.queries import freshness
from app.queries import recalls as questions
from app.services import recalls as verbs
from app.web.actor import current_actor
from app.web.forms import checked

bp = Blueprint("recalls", __name__, url_prefix="/recalls")
COLUMNS = ("person", "email", "holds version", "why", "deal", "account", "since", "seen", "done")


@bp.get("")
def index() -> str:
    """What is still to be replaced, or everything that was ever recalled."""
    actor = current_actor()
    view = request.args.get("view") or ("open" if allows(actor, Permission.PUBLISH) else "mine")
    asked = {"mine": view == "mine", "open": True if view == "open" else None}
    listed = questions.listing(
        actor, checked(RecallListing, {**asked, "cursor": request.args.get("cursor")})
    )
    return render_template(
        "recalls/list.html",
        listed=listed,
        view=view,
        counts=questions.counts(listed.items),
        tracked={
            one.id for one in listed.items if allows(actor, Permission.TRACK_RECALL, one.asset)
        },
    )


@bp.get("/<int:recall_id>")
def one(recall_id: int) -> str:
    """What a holder is to do, and for those who look after it who is done."""
    actor = current_actor()
    found = questions.get(actor, recall_id)
    mine = questions.holder(found, actor)
    if mine is not None and mine.seen_at is None:
        with transaction(is_light=True):
            verbs.seen(actor, found)
    return render_template("recalls/one.html", mine=mine, **_shown(found))


@bp.get("/<int:recall_id>.csv")
def report(recall_id: int) -> AnyResponse:
    """The list with how far everybody is, a row for each reason."""
    actor = current_actor()
    found = questions.get(actor, recall_id)
    require(actor, Permission.TRACK_RECALL, found.asset)
    seen = questions.deals_seen(actor, [found])
    return csv_file(f"recall-{recall_id}.csv", COLUMNS, list(_rows(found, seen)))


@bp.post("/<int:recall_id>/done")
def done(recall_id: int) -> AnyResponse:
    """Say that one's own copies are replaced."""
    actor = current_actor()
    with transaction():
        verbs.done(actor, questions.get(actor, recall_id))
    flash("Thank you. You are off the list.", "success")
    return redirect(url_for("recalls.one", recall_id=recall_id), 303)


@bp.post("/<int:recall_id>/holders/<int:person_id>/done")
def done_for(recall_id: int, person_id: int) -> AnyResponse:
    """Say it for somebody else."""
    actor = current_actor()
    with transaction():
        verbs.done_for(actor, questions.get(actor, recall_id), person_id)
    return redirect(url_for("recalls.one", recall_id=recall_id), 303)


def _shown(found: Recall) -> dict[str, Any]:
    actor = current_actor()
    return {
        "recall": found,
        "changed": found.changed_pages,
        "instead": freshness.living(found.asset) if found.is_retirement else None,
        "seen_deals": questions.deals_seen(actor, [found]),
        "is_tracked": allows(actor, Permission.TRACK_RECALL, found.asset),
    }


def _rows(found: Recall, seen: set[int]) -> Iterator[Sequence[Cell]]:
    for holder in found.holders:
        for reason in holder.reasons:
            deal = reason.deal if reason.deal_id in seen else None
            yield (
                holder.person.name,
                holder.person.email,
                reason.version.number,
                reason.why.value,
                deal.name if deal else "",
                deal.account if deal else "",
                reason.at.isoformat(),
                holder.seen_at.isoformat() if holder.seen_at else "",
                holder.done_at.isoformat() if holder.done_at else "",
            )
