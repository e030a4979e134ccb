"""Days, months and years in a query, as a first day and a day after the last."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
_COMPARED = re.compile(rf"(>=|<=|>|<|=)?{_DAY}")
_BETWEEN = re.compile(rf"\[\s*({_DAY})?\s+to\s+({_DAY})?\s*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day (inclusive) to a day (exclusive); None is open."""

    start: date | None = None
    end: date | None = None

    def within(self, other: "Span") -> "Span":
        """The days that both spans have."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        return Span(max(starts, default=None), min(ends, default=None))


def read_span(text: str) -> Span | None:
    """Read `2026-01`, `>2026-01-01` or `[2026-01-01 to 2026-02-01]`; None if it is no date."""
    try:
        return _between(text) or _compared(text)
    except (ValueError, OverflowError):
        return None


def _between(text: str) -> Span | None:
    match = _BETWEEN.fullmatch(text)
    if not match or not (match[1] or match[5]):
        return None
    start = _period(match[2], match[3], match[4]).start if match[1] else None
    end = _period(match[6], match[7], match[8]).end if match[5] else None
    return Span(start, end)


def _compared(text: str) -> Span | None:
    match = _COMPARED.fullmatch(text)
    if not match:
        return None
    period = _period(match[2], match[3], match[4])
    return {
        ">": Span(period.end, None),
        ">=": Span(period.start, None),
        "<": Span(None, period.start),
        "<=": Span(None, period.end),
    }.get(match[1] or "", period)


def _period(year: str, month: str | None, day: str | None) -> Span:
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return Span(first, first + timedelta(days=1))
    if month:
        return Span(first, (first + timedelta(days=31)).replace(day=1))
    return Span(first, first.replace(year=first.year + 1))
