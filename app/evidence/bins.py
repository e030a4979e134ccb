"""The clock of the comparison: how long a deal has been in a stage, in five bins of days."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial

DAY = 86_400
STARTS = (0, 3, 8, 15, 31)
NAMES = ("0–2", "3–7", "8–14", "15–30", "31+")
LAST = len(STARTS) - 1
# A deal that stays in its stage for long is looked at on this day.
LATEST = 60
_SECONDS = tuple(day * DAY for day in STARTS)

Entry = tuple[int, int]
Ends = tuple[int | None, ...]
# How many bins have begun so many seconds after the entry: 0 before it, then the bin's number + 1.
begun = partial(bisect_right, _SECONDS)


def start_of(entered: int, number: int) -> int:
    """When a bin begins for a deal that entered the stage at this second."""
    return entered + _SECONDS[number]


def first_entries(entries: Sequence[Entry]) -> dict[int, int]:
    """When each stage was first entered, from (stage, second) in order of time."""
    first: dict[int, int] = {}
    for stage, at in entries:
        first.setdefault(stage, at)
    return first


def ends(entries: Sequence[Entry], stage: int, entered: int, ended: int) -> Ends:
    """When each bin ends for a deal that was first in the stage at `entered` and closed at `ended`.

    None where it is not in the stage by then, which is at the end of the bin; of the last bin at
    its beginning, since that bin ends with day 60 or when the deal leaves, whichever is first.
    """
    found: list[int | None] = []
    for number in range(LAST):
        end = start_of(entered, number + 1)
        found.append(end if _is_in(entries, stage, end, ended) else None)
    if found[-1] is None:
        return (*found, None)
    left = _leaves(entries, stage, start_of(entered, LAST), ended)
    return (*found, min(left, entered + LATEST * DAY))


def _is_in(entries: Sequence[Entry], stage: int, moment: int, ended: int) -> bool:
    if moment >= ended:
        return False
    return next((one for one, at in reversed(entries) if at <= moment), None) == stage


def _leaves(entries: Sequence[Entry], stage: int, after: int, ended: int) -> int:
    """When it goes from this stage to another or is closed, of a deal that is in it `after`."""
    for other, at in entries:
        if at > after and other != stage:
            return min(at, ended)
    return ended
