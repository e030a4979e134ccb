"""Deals that are alike: cells of what is known of a deal beforehand, and how small ones merge."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
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


# Each step takes what the step before it made.
_COARSER: Sequence[Callable[[tuple[int, ...]], tuple[int, ...]]] = (
    lambda cell: (cell[0], cell[1], cell[3]),
    lambda key: (key[0], key[2]),
    lambda key: (key[0], min(key[1], 2)),
    lambda key: (key[0], min(key[1], 1)),
    lambda key: key[:1],
    lambda _key: (),
)


def intensity_of(others: int) -> int:
    """The level of so many other assets genuinely used before."""
    return (others + 1) // 2 if others < 5 else 3


def merged(cells: Mapping[Cell, Arms]) -> Iterator[Arms]:
    """The strata of one bin: cells with fewer than 5 deals in an arm are merged with one another.

    In this order, until both arms have 5: half-year, size, intensity from above, segment. What is
    then left in one stratum stays if it has a deal in both arms, and is dropped otherwise.
    """
    left = dict[tuple[int, ...], Arms](cells.items())
    for coarser in _COARSER:
        large = [key for key, arms in left.items() if arms.are_at_least(FEWEST)]
        yield from map(left.pop, large)
        # Fewer than 5 in all cannot come to 5 in a part.
        if sum(arms.used_count for arms in left.values()) < FEWEST:
            break
        grouped: dict[tuple[int, ...], Arms] = {}
        for key, arms in left.items():
            found = coarser(key)
            grouped[found] = joined(grouped[found], arms) if found in grouped else arms
        left = grouped
    if left and (rest := reduce(joined, left.values())).are_at_least(1):
        yield rest


def terciles(amounts: Iterable[int]) -> tuple[int, int] | None:
    """The two amounts that cut the ordered ones into thirds; none without amounts.

    A deal is of the first size below the first cut, of the last from the second on.
    """
    ordered = sorted(amounts)
    if not ordered:
        return None
    return ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
