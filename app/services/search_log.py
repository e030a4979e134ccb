"""Keeping the search log: searches, what was opened of them, and what was missed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from app.choices import SearchSource
from app.clock import now
from app.db import session
from app.errors import NotFound
from app.models.asset import Asset
from app.models.person import User
from app.models.search_log import TEXT_LENGTH, SearchClick, SearchQuery, new_number
from app.services import audit
from app.text.words import fold

CHAIN = timedelta(seconds=60)
"""A search within this time after another by the same person goes on with it."""
SAME = timedelta(minutes=30)
"""The last search made again within this time is the same one."""
KEPT = timedelta(days=760)
"""How long searches are kept: a little over two years, for figures of 24 months."""
HIDDEN = "There is no such search of yours."

# Made once: to put these together takes longer than to run them, and every search is noted.
_row = SearchQuery.__table__.c
_NEW = insert(SearchQuery)
_CHANGE = update(SearchQuery).where(SearchQuery.id == bindparam("number"))
_NEWEST = (
    select(SearchQuery.__table__)
    .where(_row.person_id == bindparam("person"), _row.source == bindparam("source"))
    .order_by(_row.at.desc(), _row.id.desc())
    .limit(1)
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

    The same search as the person's last of half an hour is that search still: a further page, a
    way back, a reload. One that goes on with the last one within a minute takes its place as long
    as nothing of that was opened: what is typed letter by letter is one search. Of a chain of
    searches within 60 seconds only the last one can have failed.
    """
    new, connection = _noted(searched), session.connection()
    newest = connection.execute(_NEWEST, {"person": actor.id, "source": searched.source}).first()
    if newest is not None and newest.at > new["at"] - SAME and _is_same(newest, new):
        _change(newest, _found_now(newest, searched.total))
        return int(newest.id)
    if newest is not None and newest.at > new["at"] - CHAIN:
        if newest.id == goes_on and _is_untouched(newest, new):
            _change(newest, new)
            return int(newest.id)
        _change(newest, {"is_failed": False})
    number = new_number()
    connection.execute(_NEW, {"id": number, "person_id": actor.id, **new})
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
        if search.total:
            search.is_failed = False


def want(actor: User, number: int) -> SearchQuery:
    """Note that what was searched is missing; safe to repeat.

    Raises NotFound where the person has made no such search.
    """
    search = _own(actor, number)
    if search.wanted_at is None:
        search.wanted_at = now()
        audit.record(actor, "search.wanted", actor, {"text": search.text})
    return search


def is_own(actor: User, number: int) -> bool:
    """Whether the person has made this search."""
    found = session.get(SearchQuery, number)
    return found is not None and found.person_id == actor.id


def forget_old() -> None:
    """Take out what was searched more than two years ago."""
    session.execute(delete(SearchQuery).where(SearchQuery.at < now() - KEPT))


def _own(actor: User, number: int) -> SearchQuery:
    found = session.get(SearchQuery, number)
    if found is None or found.person_id != actor.id:
        raise NotFound(HIDDEN)
    return found


def _noted(searched: Searched) -> dict[str, Any]:
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


def _change(noted: Row[Any], values: Mapping[str, Any]) -> None:
    """Write what of it is new."""
    changed = {name: value for name, value in values.items() if getattr(noted, name) != value}
    if changed:
        session.connection().execute(_CHANGE, {"number": noted.id, **changed})


def _found_now(noted: Row[Any], total: int) -> Mapping[str, Any]:
    """The same search may find more, or nothing any more."""
    if noted.total == total:
        return {}
    return {"total": total, "is_failed": total == 0 and noted.best_position is None}


def _is_same(noted: Row[Any], new: Mapping[str, Any]) -> bool:
    return all(getattr(noted, name) == new[name] for name in ("folded", "filters", "deal_id"))


def _is_untouched(noted: Row[Any], new: Mapping[str, Any]) -> bool:
    is_open = noted.wanted_at is None and noted.best_position is None
    return is_open and noted.deal_id == new["deal_id"]
