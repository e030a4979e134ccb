"""The hits that are shown: cards, pages and snippets, read for those alone."""

import html
from collections.abc import Iterator, Sequence
from contextlib import suppress
from textwrap import shorten

from sqlalchemy import Engine as Database
from sqlalchemy import bindparam, select, tuple_

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable, PageHit
from app.db import engine as database
from app.db import session
from app.models.version import Page
from app.queries.cards import AssetCard
from app.queries.catalogue import Catalogue
from app.queries.search import cards
from app.queries.search.found import Glance, Hit, Reason
from app.queries.search.matching import Ranked
from app.queries.search.ranks import Ranks
from app.text.query import Query

Place = tuple[int | None, int]
BEGINNING = 200
REMEMBERED = 2000
_page = Page.__table__.c
# Made once: to put a statement together takes longer than to run it.
PAGES = select(_page.version_id, _page.number, _page.title, _page.text, _page.speaker_notes).where(
    _page.version_id.in_(bindparam("versions", expanding=True)),
    tuple_(_page.version_id, _page.number).in_(bindparam("places", expanding=True)),
)


def hits(
    kept: Catalogue, query: Query, order: Sequence[PageHit], found: Ranked, ranks: Ranks
) -> list[Hit]:
    """These hits as they are shown, in their order."""
    return [
        Hit(
            asset=seen.asset,
            page=seen.page,
            page_title=seen.page_title,
            pages_matched=found.pages_matched.get(hit.asset_id, 0),
            snippet=_snippet(query, text, is_searched=bool(hit.score)),
            score=_score(hit, ranks),
            why=_why(hit, ranks),
        )
        for hit, seen, text in _seen(kept, order)
    ]


def glances(kept: Catalogue, order: Sequence[PageHit]) -> list[Glance]:
    """These hits as suggestions show them."""
    return [seen for _, seen, _ in _seen(kept, order)]


def _seen(kept: Catalogue, order: Sequence[PageHit]) -> Iterator[tuple[PageHit, Glance, str]]:
    """The hits that are still there, with the text that their snippets are of."""
    shown = _cards(kept, [hit.asset_id for hit in order])
    there = [(hit, shown[hit.asset_id]) for hit in order if hit.asset_id in shown]
    pages = _pages([(card.shown_version_id, hit.page) for hit, card in there if hit.page])
    for hit, card in there:
        place = card.shown_version_id, hit.page
        title, text = pages.get(place, ("", card.summary or card.use_it_when))
        yield hit, Glance(card, hit.page if place in pages else None, title), text


def _score(hit: PageHit, ranks: Ranks) -> float:
    """The product of the factors; 0 where nothing is ranked."""
    text = hit.score or float(ranks.has_context)
    return round(text * ranks.of(hit.asset_id), 4)


def _why(hit: PageHit, ranks: Ranks) -> Sequence[Reason]:
    """Without words and a deal nothing is ranked: the order is that of the last change."""
    return ranks.reasons(hit.asset_id, hit.score) if hit.score or ranks.has_context else ()


def _snippet(query: Query, text: str, *, is_searched: bool) -> str:
    """What shows why it matched; of what the engine did not find, how it begins."""
    if is_searched:
        with suppress(EngineUnavailable):
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
    for card in cards.read(missing) if missing else ():
        found[card.id] = card
        _remember(keys[card.id], card)
    return found


_recent: dict[tuple[Database, int, int], AssetCard] = {}


def _remember(key: tuple[Database, int, int], card: AssetCard) -> None:
    if len(_recent) >= REMEMBERED:
        _recent.clear()
    _recent[key] = card
