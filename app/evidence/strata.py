"""Deals that are alike: cells of what is known of a deal beforehand, and how small ones merge."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.evidence.mantel_haenszel import Arms

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
    lambda cell: cell,
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
    left = dict(cells)
    for coarser in _COARSER:
        grouped: dict[tuple[int, ...], dict[Cell, Arms]] = {}
        for cell, arms in left.items():
            grouped.setdefault(coarser(cell), {})[cell] = arms
        left = {}
        for alike in grouped.values():
            together = _together(list(alike.values()))
            if min(len(together.used), len(together.comparable)) >= FEWEST:
                yield together
            else:
                left |= alike
    rest = _together(list(left.values()))
    if rest.used and rest.comparable:
        yield rest


def _together(parts: Sequence[Arms]) -> Arms:
    if len(parts) == 1:
        return parts[0]
    return Arms(
        [deal for part in parts for deal in part.used],
        [deal for part in parts for deal in part.comparable],
    )


def terciles(amounts: Iterable[int]) -> tuple[int, int] | None:
    """The two amounts that cut the ordered ones into thirds; none without amounts.

    A deal is of the first size below the first cut, of the last from the second on.
    """
    ordered = sorted(amounts)
    if not ordered:
        return None
    return ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3]
