"""The kinds of text that inputs are made of."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
)

from app.clock import local, start_of_day

# Control characters, and those that are not seen but change how the others read.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
_HTTP = TypeAdapter(HttpUrl)


class Input(BaseModel):
    """Unknown fields are refused, and text comes without white space around it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())


def _zoned(moment: object) -> object:
    """A bare date means the start of that day where the organisation is."""
    if isinstance(moment, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", moment.strip()):
        return start_of_day(date.fromisoformat(moment.strip()))
    return moment


def _no_number(moment: object) -> object:
    if isinstance(moment, int | float):
        raise ValueError("give a time as text, such as 2026-01-31T09:00:00Z")
    return moment


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("give the time with its zone, such as 2026-01-31T09:00:00Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("give a year from 1 to 9999") from None


def _web_address(text: str) -> str:
    """An address that a browser can be sent to; raises ValueError."""
    wrong = ValueError("give an address that begins with http:// or https://")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        host.encode("idna")
        is_right = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
        _HTTP.validate_python(text)
    except ValueError:
        raise wrong from None
    if not is_right:
        raise wrong
    return text


def parted(text: str) -> list[str]:
    """The values in one field: with semicolons between them where there is one, else commas."""
    return text.split(";" if ";" in text else ",")


def none_if_empty(value: object) -> object:
    """A form's way to say nothing."""
    return None if value == "" else value


def _some_values(values: list[str]) -> list[str]:
    return [value for value in values if value]


def between(first: date, last: date | None = None) -> AfterValidator:
    """Days and moments of these years, where the organisation is; others are slips."""
    words = f"give a day from {first} {f'to {last}' if last else 'on'}"

    def check(given: date | None) -> date | None:
        if given is None:
            return None
        day = local(given).date() if isinstance(given, datetime) else given
        if day < first or (last and day > last):
            raise ValueError(words)
        return given

    return AfterValidator(check)


Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Line = Annotated[str, AfterValidator(_one_line)]
Prose = Annotated[str, AfterValidator(_plain)]
Title = Annotated[Line, Field(max_length=300)]
Note = Annotated[Prose, Field(min_length=1, max_length=2000)]
Email = Annotated[Line, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Values = Annotated[
    list[Annotated[Line, Field(max_length=120)]],
    Field(max_length=50),
    AfterValidator(_some_values),
]
Day = Annotated[date | None, BeforeValidator(none_if_empty)]
Moment = Annotated[
    datetime, AfterValidator(_in_utc), BeforeValidator(_zoned), BeforeValidator(_no_number)
]
When = Annotated[Moment | None, BeforeValidator(none_if_empty)]
WebAddress = Annotated[Line, Field(max_length=2000), AfterValidator(_web_address)]
