"""What is said of a filter whose value is none, so that its text was searched otherwise."""

from collections.abc import Iterable

from app.choices import Kind, Status

MOST = 5
_LONGEST = 80
_WAYS = {
    "kind": "is no kind, so it is searched as a word. Kinds are: {kinds}.",
    "status": "is no status and narrows nothing. Statuses are: {statuses}.",
    "updated": (
        "is no date, so it is searched as words. Write a day as 2026-01-31, a month as 2026-01, "
        "“after” as >2026-01-31, or [2026-01-01 to 2026-01-31]."
    ),
}
_VALUES = {"kinds": ", ".join(Kind), "statuses": ", ".join(Status)}


def sentences(unread: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A sentence for each filter that could not be read, the first few."""
    said = [
        f"“{name}:{value[:_LONGEST]}” {_WAYS[name].format(**_VALUES)}" for name, value in unread
    ]
    return tuple(dict.fromkeys(said))[:MOST]
