"""A lift set against those of other assets of its kind at its stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from app.evidence.mantel_haenszel import Difference

FEWEST = 3


@dataclass(frozen=True, slots=True)
class PeerLift:
    """How far a lift is beyond its peers' mean, which is of so many other assets."""

    lift: float
    variance: float
    mean: float
    count: int


def beyond_peers(group: Sequence[Difference]) -> list[PeerLift]:
    """Of each lift what it has beyond the inverse-variance mean of the others, their error added.

    The group has at least two, and each variance is above 0. The mean is that of a fixed-effect
    meta-analysis: Cochran (1954), The combination of estimates from different experiments,
    Biometrics 10, 101-129.
    """
    weights = [1 / one.variance for one in group]
    total = fsum(weights)
    summed = fsum(w * one.lift for w, one in zip(weights, group, strict=True))
    found = []
    for weight, own in zip(weights, group, strict=True):
        others = total - weight
        mean = (summed - weight * own.lift) / others
        found.append(PeerLift(own.lift - mean, own.variance + 1 / others, mean, len(group) - 1))
    return found
