"""Figures drawn towards those of their group, the more the less certain they are."""

from collections.abc import Sequence
from math import fsum

from app.evidence.mantel_haenszel import Difference


def shrunken(group: Sequence[Difference]) -> list[Difference]:
    """Each figure as far as it can be told from its group's mean; every variance above 0.

    Empirical Bayes for a normal mean with the between-variance τ² of DerSimonian and Laird (1986),
    Meta-analysis in clinical trials, Controlled Clinical Trials 7, 177-188. With B = τ²/(τ² + v):
    B·y + (1 - B)·μ, and the variance B·v + (1 - B)²·var(μ).
    """
    if not group:
        return []
    between = between_variance(group)
    weights = [1 / (one.variance + between) for one in group]
    total = fsum(weights)
    mean = fsum(w * one.lift for w, one in zip(weights, group, strict=True)) / total
    return [_shrunk(one, between, mean, 1 / total) for one in group]


def between_variance(group: Sequence[Difference]) -> float:
    """τ² by the method of moments: (Q - (k - 1))/(Σw - Σw²/Σw), at least 0."""
    weights = [1 / one.variance for one in group]
    total = fsum(weights)
    mean = fsum(w * one.lift for w, one in zip(weights, group, strict=True)) / total
    spread = fsum(w * (one.lift - mean) ** 2 for w, one in zip(weights, group, strict=True))
    scale = total - fsum(w * w for w in weights) / total
    return max(0.0, (spread - (len(group) - 1)) / scale) if scale > 0 else 0.0


def _shrunk(one: Difference, between: float, mean: float, of_mean: float) -> Difference:
    own = between / (between + one.variance)
    return Difference(
        own * one.lift + (1 - own) * mean, own * one.variance + (1 - own) ** 2 * of_mean
    )
