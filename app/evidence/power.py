"""How many deals it takes to see a difference that matters."""

from math import ceil

from app.evidence.normal import Z_95, Z_POWER_80

MATTERS = 0.10


def used_deals_needed(base: float, share: float) -> int:
    """Used deals for 80 % power to see ten points at 5 %, two-sided.

    `base` is the share of comparable deals that are won, `share` that of the used among all
    compared, below 1. n₁ = (z₀.₉₇₅ + z₀.₈)²·(p₁(1 - p₁) + p₀(1 - p₀)·n₁/n₀)/0.1². Fleiss, Levin and
    Paik (2003), Statistical Methods for Rates and Proportions, 3rd edition, section 4.3, without
    the correction for continuity. Where ten points more would be over 1, ten less are taken.
    """
    other = base + MATTERS if base + MATTERS <= 1 else base - MATTERS
    ratio = share / (1 - share)
    spread = other * (1 - other) + base * (1 - base) * ratio
    return ceil((Z_95 + Z_POWER_80) ** 2 * spread / MATTERS**2)
