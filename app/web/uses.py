"""Logging a use: two clicks from a piece or from a deal, and taking it back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import How, Origin, SearchSource
from app.clock import start_of_day, today
from app.db import transaction
from app.errors import Invalid, NotFound
from app.http.search_log import noted
from app.inputs.fields import Input
from app.inputs.listing import Search
from app.inputs.use import NewUse, UseDay
from app.models.deal import Deal
from app.models.person import User
from app.queries import assets, deals, search, uses
from app.services import uses as verbs
from app.web.actor import current_actor
from app.web.clicks import noted_click
from app.web.forms import Answer, checked, is_row_number, or_ask_again

bp = Blueprint("uses", __name__)
WAYS = (How.PRESENTED, How.SHARED, How.ATTACHED, How.CLAIMED)
OFFERED = 12


class OnDay(Input):
    """The day on which it was used, as a form has it."""

    occurred_on: UseDay = None


@bp.get("/assets/<slug>/use")
def choose_deal(slug: str) -> str:
    """The deals on which a piece can have been used, the likely ones first."""
    context = _deals(slug)
    noted_click(current_actor(), context["asset"])
    return render_template(_template(), errors={}, values=request.args, **context)


@bp.get("/deals/<int:deal_id>/use")
def choose_asset(deal_id: int) -> str:
    """The pieces that can have been used on a deal."""
    return render_template(
        "uses/choose_asset.html", errors={}, values=request.args, **_assets(deal_id)
    )


@bp.post("/assets/<slug>/use")
def log_from_asset(slug: str) -> Answer:
    """Log a use on the deal whose button was pressed."""
    actor = current_actor()
    return or_ask_again(
        lambda: _log(actor, request.form.get("deal", ""), slug),
        _template(),
        lambda: _deals(slug),
    )


@bp.post("/deals/<int:deal_id>/use")
def log_from_deal(deal_id: int) -> Answer:
    """Log a use of the piece whose button was pressed."""
    actor = current_actor()
    return or_ask_again(
        lambda: _log_chosen(actor, str(deal_id), request.form.get("asset", "")),
        "uses/choose_asset.html",
        lambda: _assets(deal_id),
    )


@bp.post("/uses/<int:use_id>/undo")
def undo(use_id: int) -> Response:
    """Take a use back."""
    actor = current_actor()
    with transaction():
        use = uses.get(actor, use_id)
        deal_id = use.deal_id
        verbs.undo(actor, use)
    if _is_in_dialog():
        return Response(render_template("uses/_undone.html"), mimetype="text/html")
    flash("The use is undone.", "success")
    return redirect(url_for("deals.deal", deal_id=deal_id), 303)


def _log_chosen(actor: User, deal_id: str, slug: str) -> Response:
    """Log a use of what was found for a deal, and that it was chosen of what was found."""
    logged = _log(actor, deal_id, slug)
    noted_click(actor, assets.get(actor, slug))
    return logged


def _log(actor: User, deal_id: str, slug: str) -> Response:
    if not is_row_number(deal_id):
        raise Invalid({"deal": ["Choose the deal."]})
    day = checked(OnDay, {"occurred_on": request.form.get("occurred_on", "")}).occurred_on
    given: dict[str, Any] = {
        "asset": slug,
        "version": request.form.get("version", ""),
        "how": request.form.get("how", How.PRESENTED),
        "note": request.form.get("note", ""),
    }
    asked = checked(NewUse, given).model_copy(update={"occurred_at": _noon(day)})
    with transaction():
        deal = deals.by_id(actor, int(deal_id))
        use, _ = verbs.log_use(actor, deal, asked, Origin.PAGE)
    if _is_in_dialog():
        return Response(render_template("uses/_logged.html", use=use), mimetype="text/html")
    flash(f"Logged on {deal.name}: {use.asset.title}, version {use.version.number}.", "success")
    return redirect(url_for("deals.deal", deal_id=deal.id), 303)


def _is_in_dialog() -> bool:
    """Whether a script asks, to show the answer without leaving the list of results."""
    return request.headers.get("HX-Request") == "true"


def _template() -> str:
    return "uses/_in_dialog.html" if _is_in_dialog() else "uses/choose_deal.html"


def _noon(day: date | None) -> datetime | None:
    """The middle of a day that is over; today is now."""
    return None if day is None or day == today() else start_of_day(day) + timedelta(hours=12)


def _deals(slug: str) -> dict[str, Any]:
    actor, words = current_actor(), request.values.get("q", "")
    asset = assets.get(actor, slug)
    return {
        "asset": asset,
        "version": request.values.get("version", ""),
        "words": words,
        "first": request.values.get("first", ""),
        "deals": _likely(actor, words),
        **_ways(),
    }


def _likely(actor: User, words: str) -> Sequence[Deal]:
    """Likely deals; the one that was searched from comes first."""
    found = deals.likely(actor, words, OFFERED)
    first = request.values.get("first", "")
    if words or not is_row_number(first):
        return found
    try:
        chosen = deals.by_id(actor, int(first))
    except NotFound:
        return found
    return [chosen, *(deal for deal in found if deal.id != chosen.id)]


def _assets(deal_id: int) -> dict[str, Any]:
    actor, words = current_actor(), request.values.get("q", "")
    deal = deals.by_id(actor, deal_id)
    everything = bool(words or request.values.get("all")) or deal.stage is None
    stage = [] if everything or deal.stage is None else [deal.stage.name]
    searched_from = deal.external_id if words else None
    asked = Search(q=words, stage=stage, deal=searched_from, limit=OFFERED)
    found = search.search(actor, asked)
    number = noted(actor, asked, found, SearchSource.PAGE)
    if stage and not found.total:
        stage, found = [], search.search(actor, Search(limit=OFFERED))
    return {
        "deal": deal,
        "stage": stage[0] if stage else "",
        "words": words,
        "assets": [hit.asset for hit in found.hits],
        "number": number,
        "total": found.total,
        **_ways(),
    }


def _ways() -> dict[str, Any]:
    return {"ways": [way.value for way in WAYS], "today": today().isoformat()}
