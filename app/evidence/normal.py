"""The normal distribution, as far as tests and intervals need it."""

from math import sqrt
from statistics import NormalDist

_STANDARD = NormalDist()
Z_95 = _STANDARD.inv_cdf(0.975)
Z_POWER_80 = _STANDARD.inv_cdf(0.8)

Interval = tuple[float, float]


def interval(estimate: float, variance: float) -> Interval:
    """The 95 % interval of an estimate that is normal."""
    reach = Z_95 * sqrt(variance)
    return estimate - reach, estimate + reach


def two_sided(estimate: float, variance: float) -> float:
    """How likely an estimate at least so far from 0 is if the truth is 0; variance above 0."""
    return 2 * _STANDARD.cdf(-abs(estimate) / sqrt(variance))
