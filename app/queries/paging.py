"""Pages of a list: a cursor that holds its place while rows come and go."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from app.errors import Invalid

T = TypeVar("T")
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """Some items of a list, the cursor of those after them, and how many there are in all."""

    items: Sequence[T]
    next: str | None
    total: int


def cursor(last_id: int) -> str:
    """The place after the row with this id."""
    return base64.urlsafe_b64encode(str(last_id).encode()).decode().rstrip("=")


def place(text: str) -> int:
    """The id in a cursor; raises Invalid."""
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return max(0, min(int(found), LARGEST))
    except (ValueError, binascii.Error):
        raise Invalid({"cursor": ["Give the cursor exactly as `next` had it."]}) from None


class Window(NamedTuple):
    """Which of all that there is a page shows, from `first` to before `end`; and its `next`."""

    first: int
    end: int
    next: str | None


def window(after: str | None, limit: int, total: int) -> Window:
    """A page of what is counted as a whole and goes on by place; raises Invalid."""
    first = place(after) if after else 0
    end = first + limit
    return Window(first, end, cursor(end) if end < total else None)


def listed(rows: Sequence[T], limit: int, total: int, id_of: Callable[[T], int]) -> Listed[T]:
    """A page from one row more than it shows."""
    shown = rows[:limit]
    return Listed(shown, cursor(id_of(shown[-1])) if len(rows) > limit else None, total)
