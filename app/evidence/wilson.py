"""The interval of a share that was counted."""

from math import sqrt

from app.evidence.normal import Z_95, Interval


def wilson(successes: int, trials: int, z: float = Z_95) -> Interval | None:
    """Lower and upper bound of a binomial share, 95 % unless told; none without trials.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212: the score interval.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials} is no share")
    if trials == 0:
        return None
    share, squared = successes / trials, z * z
    centre = share + squared / (2 * trials)
    reach = z * sqrt(share * (1 - share) / trials + squared / (4 * trials * trials))
    scale = 1 + squared / trials
    low = (centre - reach) / scale if successes else 0.0
    high = (centre + reach) / scale if successes < trials else 1.0
    return low, high
