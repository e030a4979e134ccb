"""Searching: the index proposes, the database disposes.

The engine says which assets match and how well their text does. What the asker may see, the
filters, the totals and the facets are decided here, from the catalogue.
"""

import html
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten

from sqlalchemy import Engine as Database
from sqlalchemy import bindparam, func, or_, select, true, tuple_

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable, Matches, PageHit
from app.choices import FacetName, Status
from app.clock import start_of_day, today
from app.db import engine as database
from app.db import session
from app.inputs.listing import Search
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Page
from app.queries import assets, cards, catalogue
from app.queries.cards import AssetCard
from app.queries.catalogue import Catalogue
from app.text.query import Query, parse
from app.text.ranking import RERANKED, state

Place = tuple[int | None, int]
_page = Page.__table__.c
# Made once: to put a statement together takes longer than to run it.
PAGES = select(_page.version_id, _page.number, _page.title, _page.text, _page.speaker_notes).where(
    _page.version_id.in_(bindparam("versions", expanding=True)),
    tuple_(_page.version_id, _page.number).in_(bindparam("places", expanding=True)),
)
HALF_TYPED = re.compile(r"(?:^|\s)\w{2,}$")
BEST = 200
BEGINNING = 200
TEXT = "How well the words match the title, the tags and the text."
NARROWED_BY = ("kind", *(name.singular for name in FacetName), "owner")
FACETS = (*NARROWED_BY, "status")
REBUILDING = (
    "The search index is being made anew. Until it is ready, only titles and summaries are "
    "searched; try again in a minute."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor of a hit's rank."""

    factor: str
    value: float
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An asset that matches, with the page that matches best (none: the asset itself)."""

    asset: AssetCard
    page: int | None
    page_title: str
    pages_matched: int
    snippet: str
    score: float
    why: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `total` and `facets` count assets."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    is_relaxed: bool
    problem: str | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Matching assets as a bitmap, and how to get at the best of them in order."""

    matches: Matches
    everything: int
    chosen: int
    is_relaxed: bool = False
    problem: str | None = None
    order: Sequence[PageHit] = field(default=())


def search(actor: User, asked: Search, *, is_typing: bool = False) -> Found:
    """What this person may see of what matches, the best first.

    While somebody types, the last word is the beginning of one.
    """
    started = time.perf_counter()
    query = parse(f"{asked.q}*" if is_typing and HALF_TYPED.search(asked.q) else asked.q)
    kept = catalogue.current()
    scope = kept.visible(actor) & _in_time(kept, query, asked)
    filters = _filters(kept, query, asked)
    within = scope
    for bits in filters.values():
        within &= bits
    ranked = _ranked(kept, query, within, asked)
    return Found(
        total=ranked.chosen.bit_count(),
        hits=_hits(kept, query, ranked.order, ranked.matches),
        facets=_facets(kept, ranked.everything & scope, filters),
        is_relaxed=ranked.is_relaxed and bool(ranked.chosen),
        problem=ranked.problem,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _filters(kept: Catalogue, query: Query, asked: Search) -> dict[str, int]:
    """A set for each filter; the default scope is what is published."""
    statuses = [status.value for status in asked.status] or sorted(query.statuses)
    found = {"status": kept.having("status", statuses or [Status.PUBLISHED.value])}
    for name in NARROWED_BY:
        if values := getattr(asked, name):
            found[name] = kept.having(name, [str(value) for value in values])
    if asked.shareable is not None:
        found["shareable"] = kept.having("shareable", [str(asked.shareable).lower()])
    return found


def _in_time(kept: Catalogue, query: Query, asked: Search) -> int:
    """The assets last changed in the time that was asked for; all where none was."""
    since = [asked.updated_since] if asked.updated_since else []
    if query.updated_from:
        since.append(start_of_day(query.updated_from))
    before = start_of_day(query.updated_before) if query.updated_before else None
    if not since and before is None:
        return kept.all()
    return kept.of(
        asset_id
        for asset_id, at in kept.updated.items()
        if (not since or at >= max(since)) and (before is None or at < before)
    )


def _ranked(kept: Catalogue, query: Query, within: int, asked: Search) -> _Ranked:
    end = asked.offset + asked.limit
    try:
        if query.is_empty:
            ranked = _browsed(kept, within)
        else:
            ranked = _matched(kept, query, within, end, match_all=True)
        if not ranked.chosen and len(query.words) > 1:
            ranked = _matched(kept, query, within, end, match_all=False)
    except EngineUnavailable:
        ranked = _by_title(kept, query, within)
    return replace(ranked, order=ranked.order[asked.offset : end])


def _matched(kept: Catalogue, query: Query, within: int, end: int, *, match_all: bool) -> _Ranked:
    """Ask the engine for ever more pages until enough of them are in the set."""
    best = BEST
    while True:
        matches = registry.engine().search(query, match_all=match_all, best=best)
        everything = kept.of(matches.pages_by_asset)
        chosen = everything & within
        order: dict[int, PageHit] = {}
        for hit in matches.best:
            if hit.asset_id not in order and kept.has(chosen, hit.asset_id):
                order[hit.asset_id] = hit
        if len(order) >= min(end, chosen.bit_count()) or len(matches.best) < best:
            hits = _reranked(kept, list(order.values()))
            return _Ranked(matches, everything, chosen, not match_all, None, hits)
        best *= 4


def _reranked(kept: Catalogue, hits: Sequence[PageHit]) -> list[PageHit]:
    """The best by text once more, by text and state; beyond them it is text alone."""
    first = sorted(hits[:RERANKED], key=lambda hit: -hit.score * _state(kept, hit.asset_id)[0])
    return [*first, *hits[RERANKED:]]


def _state(kept: Catalogue, asset_id: int) -> tuple[float, str]:
    return state(*kept.dates.get(asset_id, catalogue.NONE), today())


def _browsed(kept: Catalogue, within: int) -> _Ranked:
    """Without words: the last changed first."""
    ids = sorted(kept.members(within), key=lambda one: (kept.updated[one], one), reverse=True)
    return _Ranked(Matches({}, ()), kept.all(), within, order=_unscored(ids))


def _by_title(kept: Catalogue, query: Query, within: int) -> _Ranked:
    """A poorer search, by the database alone, while the index is not there."""
    like = [
        func.lower(Asset.title + " " + Asset.summary).contains(word.lower(), autoescape=True)
        for word in query.words
    ]
    found = session.scalars(select(Asset.id).where(or_(*like) if like else true()))
    everything = kept.of(found)
    chosen = everything & within
    order = _unscored(kept.members(chosen))
    return _Ranked(Matches({}, ()), everything, chosen, False, REBUILDING, order)


def _unscored(asset_ids: Iterable[int]) -> list[PageHit]:
    return [PageHit(asset_id, 0, 0.0) for asset_id in asset_ids]


def _facets(
    kept: Catalogue, everything: int, filters: Mapping[str, int]
) -> dict[str, list[tuple[str, int]]]:
    """Each facet counted under all the other filters, but not its own."""
    found = {}
    for name in FACETS:
        chosen = everything
        for other, bits in filters.items():
            if other != name:
                chosen &= bits
        found[name] = kept.counts(name, chosen)
    return found


def _hits(kept: Catalogue, query: Query, order: Sequence[PageHit], matches: Matches) -> list[Hit]:
    shown = _cards(kept, [hit.asset_id for hit in order])
    there = [(hit, shown[hit.asset_id]) for hit in order if hit.asset_id in shown]
    pages = _pages([(card.shown_version_id, hit.page) for hit, card in there if hit.page])
    found = []
    for hit, card in there:
        place = card.shown_version_id, hit.page
        title, text = pages.get(place, ("", card.summary or card.use_it_when))
        found.append(
            Hit(
                asset=card,
                page=hit.page if place in pages else None,
                page_title=title,
                pages_matched=matches.pages_by_asset.get(hit.asset_id, 0),
                snippet=_snippet(query, text, is_searched=bool(hit.score)),
                score=round(hit.score * _state(kept, hit.asset_id)[0], 4),
                why=_why(kept, hit),
            )
        )
    return found


def _why(kept: Catalogue, hit: PageHit) -> list[Reason]:
    """The factors of the rank; one that changes nothing is left out."""
    if not hit.score:
        return []
    factor, note = _state(kept, hit.asset_id)
    text = Reason("text", round(hit.score, 2), TEXT)
    return [text, Reason("state", factor, note)] if note else [text]


def _snippet(query: Query, text: str, *, is_searched: bool) -> str:
    """What shows why it matched; of what the engine did not find, how it begins."""
    if is_searched:
        return registry.engine().snippet(query, text)
    return html.escape(shorten(text[: 5 * BEGINNING], BEGINNING, placeholder=" …"))


def _pages(wanted: Sequence[tuple[int | None, int]]) -> dict[Place, tuple[str, str]]:
    """Title and text of pages, by version id and number."""
    if not wanted:
        return {}
    # SQLite finds the pages of the versions by index only when these stand alone.
    asked = {"versions": [version_id for version_id, _ in wanted], "places": list(wanted)}
    rows = session.connection().execute(PAGES, asked)
    return {
        (row.version_id, row.number): (row.title, f"{row.text}\n{row.speaker_notes}")
        for row in rows
    }


def _cards(kept: Catalogue, ids: Sequence[int]) -> dict[int, AssetCard]:
    """Cards by id; what has not changed since it was last shown is not read again."""
    keys = {one: (database(), one, kept.changed.get(one, 0)) for one in ids}
    found = {one: _recent[key] for one, key in keys.items() if key in _recent}
    missing = [one for one in ids if one not in found]
    for asset in assets.by_ids(missing) if missing else ():
        found[asset.id] = cards.of_asset(asset)
        _remember(keys[asset.id], found[asset.id])
    return found


_recent: dict[tuple[Database, int, int], AssetCard] = {}
REMEMBERED = 2000


def _remember(key: tuple[Database, int, int], card: AssetCard) -> None:
    if len(_recent) >= REMEMBERED:
        _recent.clear()
    _recent[key] = card
