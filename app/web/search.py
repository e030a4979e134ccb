"""Searching, as people see it: results, facets to narrow them, and what to do when none are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from app.choices import FacetName, Status
from app.inputs.listing import Search
from app.models.person import User
from app.queries import search
from app.queries.search import Found, Hit
from app.web.actor import current_actor
from app.web.filters import label
from app.web.forms import checked

bp = Blueprint("search", __name__)
FILTERS = ("kind", *(name.singular for name in FacetName), "status")
PER_PAGE, WHILE_TYPING = 20, 8
VALUES, VALUES_WHILE_TYPING = 15, 5


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by, with the address that does or undoes it."""

    value: str
    label: str
    count: int
    is_selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetShown:
    """A facet with its values."""

    name: str
    label: str
    values: Sequence[FacetValue]


@bp.get("/search")
def results() -> str:
    """A page of results; for a request by script, the results alone."""
    actor, chosen = current_actor(), _chosen()
    is_typing = request.headers.get("HX-Request") == "true"
    given = {"q": request.args.get("q", ""), "offset": _offset()}
    limit = WHILE_TYPING if is_typing else PER_PAGE
    asked = checked(Search, {**chosen, **given, "limit": limit})
    found = search.search(actor, asked, is_typing=is_typing)
    shown = _shown(asked, found, chosen, _retired(actor, asked, found))
    return render_template("search/_results.html" if is_typing else "search/page.html", found=shown)


def _retired(actor: User, asked: Search, found: Found) -> Sequence[Hit]:
    """When nothing current matches: what is retired and points to its replacement."""
    if found.total or asked.status or not asked.q.strip():
        return []
    again = asked.model_copy(update={"status": [Status.RETIRED], "limit": 5})
    return search.search(actor, again).hits


def _chosen() -> dict[str, list[str]]:
    chosen = {name: request.args.getlist(name) for name in FILTERS}
    return {name: values for name, values in chosen.items() if any(values)}


def _offset() -> int:
    text = request.args.get("offset", "0")
    return min(int(text), 10_000) if text.isdecimal() and len(text) < 8 else 0


def _shown(
    asked: Search, found: Found, chosen: Mapping[str, list[str]], retired: Sequence[Hit]
) -> dict[str, Any]:
    last = asked.offset + len(found.hits)
    return {
        "text": asked.q,
        "total": found.total,
        "took_ms": found.took_ms,
        "relaxed": found.is_relaxed,
        "problem": found.problem,
        "hits": [_hit(hit) for hit in found.hits],
        "retired": [_hit(hit) for hit in retired],
        "facets": _facets(asked, found, chosen),
        "selected": [
            {
                "label": f"{label(n)}: {_named(n, value)}",
                "value": value,
                "remove_url": _toggled(asked, chosen, n, value),
            }
            for n, values in chosen.items()
            for value in values
        ],
        "clear_url": url_for("search.results", q=asked.q),
        "first": asked.offset + 1 if found.hits else 0,
        "last": last,
        "previous_url": _at(asked, chosen, asked.offset - PER_PAGE) if asked.offset else None,
        "next_url": _at(asked, chosen, last) if last < found.total else None,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "asset": hit.asset,
        "page": hit.page,
        "page_title": hit.page_title,
        "pages_matched": hit.pages_matched,
        # The engine escapes everything but its own marks.
        "why": hit.why,
        "snippet": Markup(hit.snippet),  # noqa: S704
    }


def _facets(asked: Search, found: Found, chosen: Mapping[str, list[str]]) -> Sequence[FacetShown]:
    shown = []
    most = VALUES_WHILE_TYPING if asked.limit == WHILE_TYPING else VALUES
    for name in FILTERS:
        selected = {value.casefold() for value in chosen.get(name, ())}
        values = [
            FacetValue(
                value,
                _named(name, value),
                count,
                value.casefold() in selected,
                _toggled(asked, chosen, name, value),
            )
            for place, (value, count) in enumerate(found.facets[name])
            if place < most or value.casefold() in selected
        ]
        if values:
            shown.append(FacetShown(name, label(name), values))
    return shown


def _named(name: str, value: str) -> str:
    """Our own words in plain English, people's words as they are."""
    return label(value) if name in ("kind", "status") else value


def _toggled(asked: Search, chosen: Mapping[str, list[str]], name: str, value: str) -> str:
    """The address with this value added, or without it where it is there already."""
    kept = [one for one in chosen.get(name, []) if one.casefold() != value.casefold()]
    is_there = len(kept) < len(chosen.get(name, []))
    return _at(asked, {**chosen, name: kept if is_there else [*kept, value]}, 0)


def _at(asked: Search, chosen: Mapping[str, list[str]], offset: int) -> str:
    words: dict[str, Any] = {"q": asked.q, **{name: v for name, v in chosen.items() if v}}
    if offset > 0:
        words["offset"] = offset
    return f"/search?{urlencode(words, doseq=True)}"
