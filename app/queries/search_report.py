"""What was searched and what came of it: every text once, and those that failed.

What counts as failed and as used is said in services/search_judging.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from app.clock import today
from app.db import session
from app.inputs.insights import SearchFilter
from app.models.person import User
from app.models.search_log import SearchQuery
from app.queries import months, people

SHOWN, RANKED = 200, 5000
IN_VAIN = or_(SearchQuery.is_failed, SearchQuery.wanted_at.is_not(None))


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

    count: int
    failed: int
    opened: int
    used: int


def summary(actor: User, asked: SearchFilter) -> Summary:
    """The searches of the period by the people that the asker may read of.

    Raises Forbidden where a rep asks for another team, Invalid where there is no such team.
    """
    counts = _made(actor, asked).with_only_columns(
        func.count(SearchQuery.id),
        _total(SearchQuery.is_failed),
        func.count(SearchQuery.best_position),
        _total(SearchQuery.is_used),
    )
    count, failures, opened, used = session.execute(counts).one()
    return Summary(count, failures, opened, used)


def most_searched(actor: User, asked: SearchFilter, limit: int = SHOWN) -> Sequence[Searches]:
    """The texts that were searched most."""
    return _grouped(_made(actor, asked), limit)


def failed(actor: User, asked: SearchFilter, limit: int = RANKED) -> Sequence[Searches]:
    """The texts that were searched in vain or said missing, those of most people first.

    Searches of the same texts that succeeded are not counted.
    """
    return _grouped(_made(actor, asked).where(IN_VAIN), limit)


def failures(actor: User, asked: SearchFilter) -> Sequence[tuple[str, int, int | None]]:
    """Of everything searched in vain: the text, who searched it, and from which deal."""
    columns = (SearchQuery.folded, SearchQuery.person_id, SearchQuery.deal_id)
    these = _made(actor, asked).where(IN_VAIN)
    found = session.execute(these.with_only_columns(*columns).distinct())
    return [(text, person_id, deal_id) for text, person_id, deal_id in found]


def _grouped(chosen: Select[Any], limit: int) -> Sequence[Searches]:
    people_count = func.count(SearchQuery.person_id.distinct())
    columns = (
        SearchQuery.folded,
        func.max(SearchQuery.text),
        func.count(SearchQuery.id),
        people_count,
        func.avg(SearchQuery.total),
        func.count(SearchQuery.best_position),
        func.avg(SearchQuery.best_position),
        *map(_total, (SearchQuery.is_used, SearchQuery.is_failed, SearchQuery.total == 0)),
        func.count(SearchQuery.wanted_at),
        func.max(SearchQuery.at),
    )
    order = (
        people_count.desc(),
        func.count(SearchQuery.id).desc(),
        func.max(SearchQuery.at).desc(),
    )
    grouped = chosen.with_only_columns(*columns).group_by(SearchQuery.folded)
    return [_searches(*one) for one in session.execute(grouped.order_by(*order).limit(limit))]


def _searches(folded: str, text: str, count: int, *rest: Any) -> Searches:
    persons, found, opened, position, *others = rest
    place = None if position is None else float(position)
    return Searches(folded, text, count, persons, float(found), opened, place, *others)


def _made(actor: User, asked: SearchFilter) -> Select[Any]:
    """The searches of the period by the people that the asker may read of."""
    start, end = asked.period(today())
    return select(SearchQuery).where(
        *months.within(SearchQuery.at, start, end),
        SearchQuery.person_id.in_(people.to_read_of(actor, asked.team)),
    )


def _total(condition: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
