"""What was searched and what came of it: every text once, and those that failed.

A failed search is the last of a chain of searches by one person, each within 60 seconds of the
one before, that found nothing, or of which nothing was opened. Searches by the API fail only by
finding nothing, since a program need not say what it opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, extract, func, or_, select

from app.choices import SearchSource
from app.clock import now, start_of_day, today
from app.db import session
from app.inputs.insights import SearchFilter
from app.models.person import User
from app.models.search_log import SearchClick, SearchQuery
from app.models.use import Use
from app.queries import people

CHAIN_SECONDS = 60
USE_SECONDS = 30 * 60
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Searches:
    """One text, however often and by however many it was searched.

    `opened` are searches of which something was opened, `position` the mean place of what was
    opened first, `used` those after which the person used something opened within 30 minutes.
    `wanted` are those of which the person said that it is missing.
    """

    folded: str
    text: str
    count: int
    people: int
    found: float
    opened: int
    position: float | None
    used: int
    failed: int
    empty: int
    wanted: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """All searches of a period together."""

    texts: int
    count: int
    failed: int
    opened: int
    used: int


def summary(actor: User, asked: SearchFilter) -> Summary:
    """The searches of the period by the people that the asker may read of.

    Raises Forbidden where a rep asks for another team, Invalid where there is no such team.
    """
    row = _judged(actor, asked).c
    flags = (row.is_failed, row.is_opened, row.is_used)
    counts = select(func.count(row.folded.distinct()), func.count(row.id), *map(_total, flags))
    texts, *others = session.execute(counts).one()
    return Summary(texts, *others)


def most_searched(actor: User, asked: SearchFilter, limit: int = SHOWN) -> Sequence[Searches]:
    """The texts that were searched most."""
    rows = _judged(actor, asked)
    return _grouped(select(rows), limit)


def failed(actor: User, asked: SearchFilter, limit: int = SHOWN) -> Sequence[Searches]:
    """The texts whose searches failed, those of most people first; the others are not counted."""
    rows = _judged(actor, asked)
    return _grouped(select(rows).where(rows.c.is_failed == 1), limit)


def failures_of(
    actor: User, asked: SearchFilter, folded: Sequence[str]
) -> Sequence[tuple[str, int, int | None]]:
    """Of these texts: the text, who searched it in vain, and from which deal."""
    row = _judged(actor, asked).c
    chosen = select(row.folded, row.person_id, row.deal_id).where(row.is_failed == 1)
    found = session.execute(chosen.where(row.folded.in_(folded)).distinct())
    return [(text, person_id, deal_id) for text, person_id, deal_id in found]


def _grouped(chosen: Select[Any], limit: int) -> Sequence[Searches]:
    row = chosen.subquery().c
    people_count = func.count(row.person_id.distinct())
    columns = (
        row.folded,
        func.max(row.text),
        func.count(row.id),
        people_count,
        func.avg(row.total),
        _total(row.is_opened),
        func.avg(row.position),
        *map(_total, (row.is_used, row.is_failed, row.is_empty, row.is_wanted)),
        func.max(row.at),
    )
    order = (people_count.desc(), func.count(row.id).desc(), func.max(row.at).desc())
    found = session.execute(select(*columns).group_by(row.folded).order_by(*order).limit(limit))
    return [_searches(*one) for one in found]


def _searches(folded: str, text: str, count: int, *rest: Any) -> Searches:
    persons, found, opened, position, *others = rest
    place = None if position is None else float(position)
    return Searches(folded, text, count, persons, float(found), opened, place, *others)


def _judged(actor: User, asked: SearchFilter) -> Subquery:
    """Every search of the period, with what came of it as 0 or 1."""
    start, end = asked.period(today())
    before = start_of_day(end + timedelta(days=1))
    places = (
        select(SearchClick.search_query_id, func.min(SearchClick.position).label("position"))
        .group_by(SearchClick.search_query_id)
        .subquery()
    )
    following = func.lead(SearchQuery.at).over(
        partition_by=SearchQuery.person_id, order_by=(SearchQuery.at, SearchQuery.id)
    )
    made = (
        select(SearchQuery, places.c.position, following.label("next_at"))
        .outerjoin(places, places.c.search_query_id == SearchQuery.id)
        .where(SearchQuery.at >= start_of_day(start), _by(actor, asked.team))
        .subquery()
    )
    row = made.c
    return (
        select(
            *(row[name] for name in ("id", "person_id", "at", "text", "folded", "deal_id")),
            *(row[name] for name in ("total", "position")),
            _flag(row.position.is_not(None)).label("is_opened"),
            _flag(row.total == 0).label("is_empty"),
            _flag(row.wanted_at.is_not(None)).label("is_wanted"),
            _flag(_is_used(row)).label("is_used"),
            _flag(_is_failed(row)).label("is_failed"),
        )
        .where(row.at < before)
        .subquery()
    )


def _is_failed(row: Any) -> ColumnElement[bool]:
    is_last = or_(row.next_at.is_(None), _seconds(row.next_at) - _seconds(row.at) > CHAIN_SECONDS)
    is_over = row.at < now() - timedelta(seconds=CHAIN_SECONDS)
    is_left = and_(row.source == SearchSource.PAGE, row.position.is_(None), is_over)
    return and_(is_last, or_(row.total == 0, is_left))


def _is_used(row: Any) -> ColumnElement[bool]:
    """Whether the person noted a use of something opened within 30 minutes."""
    after = _seconds(Use.recorded_at) - _seconds(row.at)
    return (
        select(Use.id)
        .join(SearchClick, SearchClick.asset_id == Use.asset_id)
        .where(
            SearchClick.search_query_id == row.id,
            Use.person_id == row.person_id,
            after.between(0, USE_SECONDS),
        )
        .exists()
    )


def _by(actor: User, team: str | None) -> ColumnElement[bool]:
    """Searches by the people of a team; for a rep without one, by themselves."""
    return SearchQuery.person_id.in_(people.to_read_of(actor, team))


def _seconds(moment: Any) -> ColumnElement[int]:
    return extract("epoch", moment)


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _total(flag: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(flag), 0)
