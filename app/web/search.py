"""Searching, as people see it: results, suggestions, and what they do with either."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import SearchSource, Status
from app.db import transaction
from app.http.search_log import noted
from app.inputs.listing import Search
from app.inputs.search import Choice, Click
from app.models.person import User
from app.queries import assets, deals, saved_searches, search
from app.queries.search import Found, Hit
from app.queries.suggestions import suggest
from app.services import search_log
from app.text.query import parse
from app.web.actor import current_actor
from app.web.clicks import number_in
from app.web.forms import checked, form
from app.web.search_page import FILTERS, PER_PAGE, SINGLE, WHILE_TYPING, Results

bp = Blueprint("search", __name__)
RETIRED = 5


@bp.get("/search")
def results() -> str:
    """A page of results; for a request by script, the results alone."""
    actor, chosen = current_actor(), _chosen()
    is_typing = request.headers.get("HX-Request") == "true"
    single = {name: given for name in SINGLE if (given := request.args.get(name))}
    words = {name: given for name in ("q", "deal") if (given := request.args.get(name))} | single
    limit = WHILE_TYPING if is_typing else PER_PAGE
    asked = checked(Search, {**chosen, **words, "offset": _offset(), "limit": limit})
    found = search.search(actor, asked, is_typing=is_typing)
    retired = [] if is_typing and found.total else _retired(actor, asked, found)
    goes_on = number_in(request.args.get("goes_on", ""))
    number = noted(actor, asked, found, SearchSource.PAGE, goes_on=goes_on)
    shown = Results(asked, found, chosen, single, retired, number, is_typing=is_typing).shown()
    return render_template("search/_results.html" if is_typing else "search/page.html", found=shown)


@bp.get("/search/suggest")
def suggestions() -> str:
    """What may be meant by what was typed so far, under the search box."""
    actor, typed = current_actor(), request.args.get("q", "")
    saved = [] if typed.strip() else saved_searches.of(actor)
    return render_template(
        "search/_suggestions.html",
        suggestions=suggest(actor, typed),
        saved=[(one, saved_searches.address(one)) for one in saved],
    )


@bp.post("/search/chosen")
def chosen() -> Response:
    """Note that a piece was chosen among the suggestions, with what was typed for it."""
    actor, told = current_actor(), form(Choice)
    asked = Search(q=told.q, limit=1)
    found = search.search(actor, asked, is_typing=True)
    number = noted(actor, asked, found, SearchSource.PAGE)
    if number is not None:
        with transaction(is_light=True):
            asset = assets.get(actor, told.asset)
            search_log.click(actor, number, asset, position=told.position, page=told.page)
    return Response(status=204)


@bp.post("/search/<search:number>/click")
def click(number: int) -> Response:
    """Note that a hit was used without leaving the list."""
    actor, told = current_actor(), form(Click)
    with transaction(is_light=True):
        asset = assets.get(actor, told.asset)
        search_log.click(actor, number, asset, position=told.position, page=told.page)
    return Response(status=204)


@bp.post("/search/<search:number>/wanted")
def wanted(number: int) -> Response:
    """Note that what was searched is needed and missing."""
    actor = current_actor()
    with transaction():
        noted_search = search_log.want(actor, number)
        deal = deals.by_id(actor, noted_search.deal_id) if noted_search.deal_id else None
        again: dict[str, Any] = {"q": noted_search.text, **noted_search.filters}
        again |= {"deal": deal.external_id} if deal else {}
    flash("Noted. Marketing sees it among the gaps, with the deals that wait for it.", "success")
    return redirect(url_for("search.results", **again), 303)


def _retired(actor: User, asked: Search, found: Found) -> Sequence[Hit]:
    """When nothing current has all words: what is retired and points to its replacement.

    Where something current has some of the words, of the retired only what has all of them.
    """
    is_asked_for = asked.status or parse(asked.q).statuses
    if found.complete or is_asked_for or found.says_nothing or not asked.q.strip():
        return []
    again = asked.model_copy(update={"status": [Status.RETIRED], "limit": RETIRED, "offset": 0})
    retired = search.search(actor, again)
    return retired.hits[: retired.complete] if found.total else retired.hits


def _chosen() -> dict[str, list[str]]:
    chosen = {name: request.args.getlist(name) for name in FILTERS}
    return {name: values for name, values in chosen.items() if any(values)}


def _offset() -> int:
    text = request.args.get("offset", "0")
    return min(int(text), 10_000) if text.isdecimal() and len(text) < 8 else 0
