"""Sets of deals as the bits of one number each, so that thousands are compared in one step.

The bit is a deal's place among the closed deals, not its id.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

DealSet = int


def of(places: Iterable[int]) -> DealSet:
    """The set of the deals at these places."""
    found = 0
    for place in places:
        found |= 1 << place
    return found


def places(deals: DealSet) -> Iterator[int]:
    """The places of the deals in a set, in order."""
    bits = f"{deals:b}"[::-1]
    place = bits.find("1")
    while place >= 0:
        yield place
        place = bits.find("1", place + 1)


class Arms(NamedTuple):
    """Deals that used an asset, by place, and the set of deals like them that had not.

    Few used it, so a list of them is quicker than a set.
    """

    used: list[int]
    comparable: DealSet

    def are_at_least(self, fewest: int) -> bool:
        """Whether there are so many deals in both."""
        return len(self.used) >= fewest and self.comparable.bit_count() >= fewest


def joined(some: Iterable[Arms]) -> Arms:
    """All of these together, which have no deal in common."""
    used: list[int] = []
    comparable: DealSet = 0
    for arms in some:
        used += arms.used
        comparable |= arms.comparable
    return Arms(used, comparable)
