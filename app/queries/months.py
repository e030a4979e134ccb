"""Periods by their days, and the months of them, for trends."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, literal
from sqlalchemy.orm import InstrumentedAttribute

from app.clock import start_of_day

MOST = 36
Column = InstrumentedAttribute[Any] | ColumnElement[Any]


class Month(NamedTuple):
    """Of so many in a month so many, such as of the searches those that failed."""

    month: str
    n: int
    of: int

    @property
    def rate(self) -> float | None:
        """The share; none where there was nothing."""
        return self.n / self.of if self.of else None


def firsts(starts_on: date, ends_on: date) -> list[date]:
    """The first days of the last months of a period, at most 36, and of the month after them."""
    last = ends_on.year * 12 + ends_on.month - 1
    first = max(starts_on.year * 12 + starts_on.month - 1, last - MOST + 1)
    return [_first(number) for number in range(first, last + 2)]


def _first(number: int) -> date:
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if year <= date.max.year else date.max


def within(
    moment: Column, starts_on: date | None, ends_on: date | None
) -> list[ColumnElement[bool]]:
    """That a moment lies in a period, where the organisation is; a missing day leaves it open."""
    chosen: list[ColumnElement[bool]] = []
    if starts_on:
        chosen.append(moment >= start_of_day(starts_on))
    if ends_on:
        chosen.append(moment < _after(ends_on))
    return chosen


def _after(day: date) -> datetime:
    """The first moment that does not belong to a day any more."""
    return (
        start_of_day(day + timedelta(days=1))
        if day < date.max
        else datetime.max.replace(tzinfo=UTC)
    )


def of_day(column: Column, days: Sequence[date]) -> ColumnElement[Any]:
    """The month of a day as 2026-11; none before the first."""
    return _among(column, days, _names(days))


def of_moment(column: Column, days: Sequence[date]) -> ColumnElement[Any]:
    """The month of a moment, where the organisation is; none before the first."""
    return _among(column, [start_of_day(day) for day in days], _names(days))


def _names(days: Sequence[date]) -> list[str]:
    """What is before each of the days, and nothing after the last."""
    return ["", *(f"{day:%Y-%m}" for day in days[:-1]), ""]


def _among(column: Column, bounds: Sequence[Any], names: Sequence[str]) -> ColumnElement[Any]:
    """The name of what lies between two bounds, sought by halves, since there may be many rows."""
    if not bounds:
        return literal(names[0])
    middle = len(bounds) // 2
    below = _among(column, bounds[:middle], names[: middle + 1])
    above = _among(column, bounds[middle + 1 :], names[middle + 1 :])
    return case((column < bounds[middle], below), else_=above)


def trend(days: Sequence[date], counted: Sequence[tuple[str, int, int]]) -> list[Month]:
    """Every month in order, those without anything too."""
    found = {month: (n, of) for month, n, of in counted}
    names = [f"{day:%Y-%m}" for day in days[:-1]]
    return [Month(name, *found.get(name, (0, 0))) for name in names]
