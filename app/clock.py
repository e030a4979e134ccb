"""The only reader of the time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_zone = ZoneInfo("UTC")


def use_time_zone(name: str) -> None:
    """Set the organisation's time zone, by its IANA name."""
    global _zone
    _zone = ZoneInfo(name)


def now() -> datetime:
    """This moment, in UTC with its zone."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in the organisation's time zone."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment in the organisation's time zone."""
    try:
        return moment.astimezone(_zone)
    except OverflowError:
        # The very first and last hours that there are.
        return moment


def day_of(seconds: int) -> date:
    """The day of a moment, given in seconds since 1970, in the organisation's time zone."""
    return datetime.fromtimestamp(seconds, _zone).date()


def in_words(day: date) -> str:
    """22 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def start_of_day(day: date) -> datetime:
    """The first moment of a day in the organisation's time zone, in UTC."""
    try:
        return datetime.combine(day, time.min, _zone).astimezone(UTC)
    except OverflowError:
        # The very first and last days that there are, where UTC is already beyond them.
        return datetime.combine(day, time.min, UTC)
