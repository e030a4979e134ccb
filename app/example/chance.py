"""Chance that is the same on every machine and in every release of Python."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import exp
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()


class Chance:
    """A stream of chance from a seed."""

    def __init__(self, seed: str) -> None:
        self._seed, self._drawn = seed, 0

    def share(self) -> float:
        """A number from 0 up to, but not, 1."""
        self._drawn += 1
        drawn = hashlib.sha256(f"{self._seed}#{self._drawn}".encode()).digest()
        return int.from_bytes(drawn[:6], "big") / 2**48

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.share() < probability

    def between(self, low: float, high: float) -> float:
        """A number between two, all as likely."""
        return low + (high - low) * self.share()

    def normal(self) -> float:
        """A number of the standard normal distribution."""
        return _NORMAL.inv_cdf(min(max(self.share(), 1e-9), 1 - 1e-9))

    def days(self, mean: float) -> float:
        """A waiting time in days: at least one, mostly around the mean, sometimes long."""
        return 1 + (mean - 1) * exp(0.55 * self.normal() - 0.15)

    def count(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average (Poisson)."""
        left, count = exp(-mean), 0
        product = self.share()
        while product > left:
            product *= self.share()
            count += 1
        return count

    def choice(self, items: Sequence[T]) -> T:
        """One of them, all as likely."""
        return items[int(self.share() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of them, by weight."""
        left = self.share() * sum(weights.values())
        for item, weight in weights.items():
            left -= weight
            if left < 0:
                return item
        return list(weights)[-1]

    def some(self, items: Sequence[T], number: int) -> list[T]:
        """So many of them, each at most once, in any order."""
        keyed = [(self.share(), place) for place in range(len(items))]
        return [items[place] for _, place in sorted(keyed)[:number]]


def at_work(moment: datetime) -> datetime:
    """The same day between eight and six; what comes later still does."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(hours=8) + (moment - day) * 10 / 24


def chance_of(odds: float) -> float:
    """A probability from log odds."""
    return 1 / (1 + exp(-odds))
