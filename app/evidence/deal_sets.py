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
    size = (deals.bit_length() + 7) // 8
    for number, byte in enumerate(deals.to_bytes(size, "little")):
        if byte:
            yield from (number * 8 + bit for bit in range(8) if byte >> bit & 1)


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
