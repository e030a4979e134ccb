"""The difference of two shares over strata, and how far it may be off."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from app import bitmaps
from app.evidence.deal_sets import Arms, DealSet


@dataclass(frozen=True, slots=True)
class Stratum:
    """So many used deals and comparable ones, alike in what the strata are made of."""

    used: int
    used_won: int
    comparable: int
    comparable_won: int

    @property
    def weight(self) -> float:
        """n₁n₀/n, the weight of its difference."""
        return self.used * self.comparable / (self.used + self.comparable)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of shares, as a fraction, and its variance."""

    lift: float
    variance: float


def risk_difference(strata: Sequence[Stratum]) -> Difference | None:
    """The Mantel-Haenszel risk difference with Sato's variance; none without strata.

    Each stratum needs a deal in both arms. δ̂ = Σw(p₁ - p₀)/Σw with w = n₁n₀/n. Greenland and
    Robins (1985), Estimation of a common effect parameter from sparse follow-up data, Biometrics
    41, 55-68. The variance is Sato's (1989), On the variance estimator for the Mantel-Haenszel
    risk difference, Biometrics 45, 1323-1324, which holds for few large strata and for many small
    ones; of one stratum it is the binomial variance of p₁ - p₀.
    """
    if not strata:
        return None
    total = fsum(one.weight for one in strata)
    lift = fsum(_excess(one) for one in strata) / total
    spread = lift * fsum(map(_of_lift, strata)) + fsum(map(_of_outcomes, strata))
    return Difference(lift, max(spread, 0.0) / total**2)


def _excess(one: Stratum) -> float:
    """W(p₁ - p₀)."""
    wins = one.used_won * one.comparable - one.comparable_won * one.used
    return wins / (one.used + one.comparable)


def _of_lift(one: Stratum) -> float:
    """The part of Sato's variance that δ̂ multiplies."""
    n1, n0, x1, x0 = one.used, one.comparable, one.used_won, one.comparable_won
    return (n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / (n1 + n0) ** 2


def _of_outcomes(one: Stratum) -> float:
    """The part of Sato's variance that stands for itself."""
    n1, n0, x1, x0 = one.used, one.comparable, one.used_won, one.comparable_won
    return (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * (n1 + n0))


def counted(arms: Arms, won: DealSet) -> Stratum:
    """How many deals there are in each arm, and how many of them were won."""
    return Stratum(
        len(arms.used),
        (bitmaps.of(arms.used) & won).bit_count(),
        arms.comparable.bit_count(),
        (arms.comparable & won).bit_count(),
    )


def clustered_variance(
    strata: Iterable[Arms], lift: float, won: DealSet, clusters: Sequence[Hashable]
) -> float:
    """The variance of a risk difference where the deals of a cluster may go alike.

    The sandwich estimator over what each deal adds to Σw(p₁ - p₀ - δ̂), summed by cluster, times
    G/(G - 1). Liang and Zeger (1986), Longitudinal data analysis using generalized linear models,
    Biometrika 73, 13-22; for the sums, Greenland and Robins (1985) as above. One cluster alone has
    an infinite variance. `clusters` are by the deals' places.
    """
    sums: dict[Hashable, float] = {}
    total = 0.0
    for arms in strata:
        stratum = counted(arms, won)
        size = stratum.used + stratum.comparable
        base = (stratum.used_won + stratum.comparable_won - stratum.used * lift) / size
        total += stratum.weight
        for deals, expected, part in (
            (bitmaps.of(arms.used), lift + base, stratum.comparable / size),
            (arms.comparable, base, -stratum.used / size),
        ):
            for some, outcome in ((deals & won, 1), (deals & ~won, 0)):
                for name, times in Counter(
                    map(clusters.__getitem__, bitmaps.members(some))
                ).items():
                    sums[name] = sums.get(name, 0.0) + times * (outcome - expected) * part
    if len(sums) < 2:
        return float("inf")
    correction = len(sums) / (len(sums) - 1)
    return correction * fsum(one * one for one in sums.values()) / total**2
