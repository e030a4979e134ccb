"""Deals that are alike: cells of what is known of a deal beforehand, and how small ones merge."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.evidence.deal_sets import Arms

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


_COARSER: Sequence[Callable[[Cell], tuple[int, ...]]] = (
    lambda cell: (cell.segment, cell.size, cell.intensity),
    lambda cell: (cell.segment, cell.intensity),
    lambda cell: (cell.segment, min(cell.intensity, 2)),
    lambda cell: (cell.segment, min(cell.intensity, 1)),
    lambda cell: (cell.segment,),
    lambda _cell: (),
)


def intensity_of(others: int) -> int:
    """The level of so many other assets genuinely used before."""
    return (others + 1) // 2 if others < 5 else 3


def merged(cells: Mapping[Cell, Arms]) -> Iterator[Arms]:
    """The strata of one bin: cells with fewer than 5 deals in an arm are merged with one another.

    In this order, until both arms have 5: half-year, size, intensity from above, segment. What is
    then left in one stratum stays if it has a deal in both arms, and is dropped otherwise.
    """
    left: dict[Cell, Arms] = {}
    for cell, arms in cells.items():
        if min(arms.used_count, arms.comparable_count) >= FEWEST:
            yield arms
        else:
            left[cell] = arms
    for coarser in _COARSER:
        # Fewer than 5 in all cannot come to 5 in a part.
        if min(_sizes(left)) < FEWEST:
            break
        grouped: dict[tuple[int, ...], dict[Cell, Arms]] = {}
        for cell, arms in left.items():
            grouped.setdefault(coarser(cell), {})[cell] = arms
        left = {}
        for alike in grouped.values():
            if min(_sizes(alike)) >= FEWEST:
                yield _together(alike)
            else:
                left |= alike
    if all(_sizes(left)):
        yield _together(left)


def _sizes(cells: Mapping[Cell, Arms]) -> tuple[int, int]:
    used = comparable = 0
    for arms in cells.values():
        used += arms.used_count
        comparable += arms.comparable_count
    return used, comparable


def _together(cells: Mapping[Cell, Arms]) -> Arms:
    used = comparable = 0
    for arms in cells.values():
        used |= arms.used
        comparable |= arms.comparable
    return Arms(used, comparable, *_sizes(cells))


def terciles(amounts: Iterable[int]) -> tuple[int, int] | None:
    """The two amounts that cut the ordered ones into thirds; none without amounts.

    A deal is of the first size below the first cut, of the last from the second on.
    """
    ordered = sorted(amounts)
    if not ordered:
        return None
    return ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
