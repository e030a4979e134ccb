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
    """Deals that used an asset and deals like them that had not, and how many each."""

    used: DealSet
    comparable: DealSet
    used_count: int
    comparable_count: int

    @classmethod
    def among(cls, used: DealSet, comparable: DealSet) -> "Arms":
        """Of these two sets."""
        return cls(used, comparable, used.bit_count(), comparable.bit_count())

    def are_at_least(self, fewest: int) -> bool:
        """Whether there are so many deals in both."""
        return self.used_count >= fewest and self.comparable_count >= fewest


def joined(one: Arms, other: Arms) -> Arms:
    """Both together, which have no deal in common."""
    return Arms(
        one.used | other.used,
        one.comparable | other.comparable,
        one.used_count + other.used_count,
        one.comparable_count + other.comparable_count,
    )
