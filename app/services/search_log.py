"""Keeping the search log: searches, what was opened of them, and what was missed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, insert, or_, select, update

from app.choices import SearchSource
from app.clock import now
from app.db import session
from app.errors import NotFound
from app.models.asset import Asset
from app.models.person import User
from app.models.search_log import TEXT_LENGTH, SearchClick, SearchQuery, new_number
from app.text.words import fold

CHAIN = timedelta(seconds=60)
"""A search within this time after another by the same person goes on with it."""
HIDDEN = "There is no such search of yours."

# Made once: to put these together takes longer than to run them, and every search is noted.
_NEW = insert(SearchQuery)
_OF_THE_CHAIN = (
    SearchQuery.person_id == bindparam("person"),
    SearchQuery.at > bindparam("since"),
)
_NOT_THE_LAST = (
    update(SearchQuery).where(*_OF_THE_CHAIN, SearchQuery.is_failed).values(is_failed=False)
)
_NOTED = ("text", "filters", "source", "deal_id", "total", "folded", "at", "is_failed", "judged_at")
_INSTEAD = (
    update(SearchQuery)
    .where(
        SearchQuery.id == bindparam("number"),
        *_OF_THE_CHAIN,
        or_(
            and_(SearchQuery.wanted_at.is_(None), SearchQuery.best_position.is_(None)),
            SearchQuery.folded == bindparam("same"),
        ),
    )
    .values({name: bindparam(f"new_{name}") for name in _NOTED})
)


@dataclass(frozen=True, slots=True)
class Searched:
    """A search to be noted: what was asked and how many assets were found."""

    text: str
    filters: Mapping[str, Sequence[str]]
    source: SearchSource
    deal_id: int | None
    total: int


def note(actor: User, searched: Searched, *, goes_on: int | None = None) -> int:
    """Note a search and answer its number.

    One that goes on with another of the last minute takes its place, unless something of that was
    opened and the words are other ones: what is typed letter by letter is one search. Of a chain
    within 60 seconds only the last one can have failed.
    """
    row = _row(searched)
    _go_on(actor, row["at"])
    if goes_on is not None and _is_taken_over(actor, goes_on, row):
        return goes_on
    number = new_number()
    session.connection().execute(_NEW, {"id": number, "person_id": actor.id, **row})
    return number


def click(
    actor: User, number: int, asset: Asset, *, position: int, page: int | None = None
) -> None:
    """Note that a hit was opened; said again about the same hit it changes nothing.

    Raises NotFound where the person has made no such search.
    """
    search = _own(actor, number)
    hit = {"search_query_id": search.id, "asset_id": asset.id, "position": position}
    noted = select(SearchClick.id).filter_by(**hit, page=page)
    if session.scalar(noted.limit(1)) is None:
        session.execute(insert(SearchClick).values(**hit, page=page, at=now()))
        search.best_position = min(position, search.best_position or position)
        search.is_failed = search.total == 0


def want(actor: User, number: int) -> SearchQuery:
    """Note that what was searched is missing; safe to repeat.

    Raises NotFound where the person has made no such search.
    """
    search = _own(actor, number)
    search.wanted_at = search.wanted_at or now()
    return search


def _own(actor: User, number: int) -> SearchQuery:
    found = session.get(SearchQuery, number)
    if found is None or found.person_id != actor.id:
        raise NotFound(HIDDEN)
    return found


def _row(searched: Searched) -> dict[str, Any]:
    text = searched.text[:TEXT_LENGTH]
    return {
        **asdict(searched),
        "text": text,
        "folded": " ".join(fold(text).split()),
        "filters": {name: list(values) for name, values in searched.filters.items()},
        "at": now(),
        "is_failed": searched.total == 0,
        "judged_at": None,
    }


def _go_on(actor: User, at: datetime) -> None:
    """What the person searched within the minute before is not the last of its chain."""
    session.connection().execute(_NOT_THE_LAST, {"person": actor.id, "since": at - CHAIN})


def _is_taken_over(actor: User, number: int, row: Mapping[str, Any]) -> bool:
    chain = {"number": number, "person": actor.id, "since": row["at"] - CHAIN}
    new = {f"new_{name}": row[name] for name in _NOTED}
    done = session.connection().execute(_INSTEAD, {**chain, "same": row["folded"], **new})
    return done.rowcount > 0
