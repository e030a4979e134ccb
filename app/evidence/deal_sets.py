"""Sets of deals as bitmaps.

The bit is a deal's place among the closed deals, not its id.
"""

from collections.abc import Iterable
from typing import NamedTuple

DealSet = int


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
