"""How values read on pages."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_currency
from flask import Flask

from app.clock import local, now
from app.inputs.money import in_words

WORDS: Mapping[str, str] = {
    "one_pager": "One-pager",
    "email_template": "E-mail template",
    "rep": "Rep",
    "did_not_help": "Did not help",
    "out_of_date": "Out of date",
    "cant_tell": "Can't tell yet",
    "likely_helps": "Likely helps",
    "likely_hurts": "Likely hurts",
    "pending": "Being read",
    "ready": "Text read",
    "failed": "Text not read",
    "none": "No text",
}


def day(value: date | None) -> str:
    """22 Nov 2026; of a time the day where the organisation is."""
    if isinstance(value, datetime):
        value = local(value)
    return f"{value.day} {value:%b %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """22 Nov 2026, 14:05, where the organisation is."""
    return f"{day(value)}, {local(value):%H:%M}" if value else ""


def ago(value: datetime | None) -> str:
    """How long since, in the largest unit that fits."""
    if value is None:
        return "never"
    seconds = max(0, int((now() - value).total_seconds()))
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if number := seconds // size:
            if unit == "day" and number > 60:
                return day(value)
            return f"{number} {unit}{'s' if number > 1 else ''} ago"
    return "just now"


def size(value: int) -> str:
    """1.2 MB."""
    if value < 1000:
        return f"{value} bytes"
    amount = float(value)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 1000:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} TB"


def label(value: object) -> str:
    """In review, for in_review."""
    text = str(getattr(value, "value", value))
    return WORDS.get(text, text.replace("_", " ").capitalize())


def count(value: int) -> str:
    """1,234."""
    return f"{value:,}"


def money(amount: int | None, currency: str | None) -> str:
    """€125,000.00, of minor units; a round amount without its zeros."""
    words = in_words(amount, currency)
    if words is None:
        return ""
    number = Decimal(words[0])
    is_round = number == number.to_integral_value()
    shown = "¤#,##0" if is_round else None
    return str(format_currency(number, words[1], shown, locale="en", currency_digits=not is_round))


def percent(value: float | None) -> str:
    """63 %, of a share."""
    return "" if value is None else f"{value * 100:.0f} %"


def points(value: float | None) -> str:
    """+13 or −4, in percentage points, of a difference of shares."""
    if value is None:
        return ""
    rounded = round(value * 100)
    return f"{'−' if rounded < 0 else '+' if rounded else ''}{abs(rounded)}"


FILTERS: tuple[Callable[..., str], ...] = (
    day,
    moment,
    ago,
    size,
    label,
    count,
    money,
    percent,
    points,
)


def init(app: Flask) -> None:
    """Give the filters to the templates."""
    for one in FILTERS:
        app.add_template_filter(one)
