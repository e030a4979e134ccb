"""Which of many tests hold, so that few of those that do are false."""

from collections.abc import Sequence

RATE = 0.05


def discoveries(chances: Sequence[float], rate: float = RATE) -> list[bool]:
    """For each p value whether it passes; of those that do, a share of at most `rate` is false.

    Benjamini and Hochberg (1995), Controlling the false discovery rate, Journal of the Royal
    Statistical Society B 57, 289-300: the largest k with p₍ₖ₎ ≤ k·rate/m, and all up to it.
    """
    ordered = sorted(chances)
    allowed = [p for k, p in enumerate(ordered, 1) if p <= k * rate / len(ordered)]
    highest = max(allowed, default=-1.0)
    return [p <= highest for p in chances]
