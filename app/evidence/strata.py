"""Deals that are alike: cells of what is known of a deal beforehand, and how small ones merge."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.evidence.deal_sets import Arms, joined

FEWEST = 5


class Cell(NamedTuple):
    """What deals share: segment, tercile of size, half-year of entry, and other content before.

    Segments are numbers, -1 unknown; sizes 0 to 2, -1 unknown; the half-year is twice the year,
    plus one from July on; intensity is 0 for none, 1 for one or two, 2 for three or four, 3 for
    more.
    """

    segment: int
    size: int
    half: int
    intensity: int


# What a group is parted by, step by step down to cells: the order of merging backwards.
_FINER: Sequence[Callable[[Cell], int]] = (
    lambda cell: cell.segment,
    lambda cell: min(cell.intensity, 1),
    lambda cell: min(cell.intensity, 2),
    lambda cell: cell.intensity,
    lambda cell: cell.size,
    lambda cell: cell.half,
)
Known = tuple[Cell, Arms]


def intensity_of(others: int) -> int:
    """The level of so many other assets genuinely used before."""
    return (others + 1) // 2 if others < 5 else 3


def merged(cells: Mapping[Cell, Arms]) -> Iterator[Arms]:
    """The strata of one bin: cells with fewer than 5 deals in an arm are merged with one another.

    In this order, until both arms have 5: half-year, size, intensity from above, segment. What is
    then left in one stratum stays if it has a deal in both arms, and is dropped otherwise.
    """
    found: list[Arms] = []
    if (rest := _together(_left(list(cells.items()), 0, found))).are_at_least(1):
        found.append(rest)
    yield from found


def _left(group: list[Known], level: int, found: list[Arms]) -> list[Known]:
    """Find the strata in a group; what is in none of them is left for a larger group.

    Where fewer than 5 deals used it in all, no part of the group can have 5.
    """
    if _used(group) < FEWEST:
        return group
    left = group
    if level < len(_FINER):
        parts = _parted(group, _FINER[level]).values()
        left = [one for part in parts for one in _left(part, level + 1, found)]
    if level and _used(left) >= FEWEST and (arms := _together(left)).are_at_least(FEWEST):
        found.append(arms)
        return []
    return left


def _parted(group: Iterable[Known], key: Callable[[Cell], int]) -> dict[int, list[Known]]:
    parts: dict[int, list[Known]] = {}
    for one in group:
        parts.setdefault(key(one[0]), []).append(one)
    return parts


def _used(group: Iterable[Known]) -> int:
    return sum([len(arms.used) for _, arms in group])


def _together(group: Iterable[Known]) -> Arms:
    return joined(arms for _, arms in group)


def terciles(amounts: Iterable[int]) -> tuple[int, int] | None:
    """The two amounts that cut the ordered ones into thirds; none without amounts.

    A deal is of the first size below the first cut, of the last from the second on.
    """
    ordered = sorted(amounts)
    if not ordered:
        return None
    return ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
