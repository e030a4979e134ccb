"""What beside its words decides how high a piece ranks: state, context, use, and being new.

A piece's rank is the score of its text times these factors; docs/ranking.md publishes them.
"""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

REVIEW_OVER = timedelta(days=30)
EXPIRES_SOON = timedelta(days=14)
OVERDUE, EXPIRING, USUAL = 0.7, 0.9, 1.0
RERANKED = 500
"""So many of the best pages by text are ranked anew; beyond them the order is that of the text."""
ENOUGH = 20
"""Where fewer pieces than a page of results have all words, those with some of them follow."""
COMPLETE = 1.25
"""What it counts to have all words, among pieces that have some."""

CONTEXT: Mapping[str, float] = {
    "stage": 0.20,
    "competitor": 0.20,
    "industry": 0.15,
    "segment": 0.10,
    "region": 0.05,
}
"""What each property that a piece shares with the deal adds to its context factor."""

USE_WEIGHT = 0.15
MOST_USES = 999
YOUNG = timedelta(days=30)
YOUNG_COUNTS_AS = 10


class Factor(NamedTuple):
    """A number that the score is multiplied by, and why it is not 1, as a sentence."""

    value: float
    note: str


NEUTRAL = Factor(USUAL, "")


def state(review_by: date | None, expires_on: date | None, today: date) -> Factor:
    """The factor for the state of a piece."""
    if review_by is not None and today - review_by > REVIEW_OVER:
        return Factor(OVERDUE, "Its review has been over for more than 30 days.")
    if expires_on is not None and expires_on - today <= EXPIRES_SOON:
        return Factor(EXPIRING, "It is to be used for at most 14 more days.")
    return NEUTRAL


def context(shared: Mapping[str, str]) -> Factor:
    """The factor for a deal: `shared` maps each property that the piece shares to the value.

    1 plus the weights of the shared properties; 1.7 where all five are shared.
    """
    if not shared:
        return NEUTRAL
    value = USUAL + sum(CONTEXT[name] for name in shared)
    named = ", ".join(f"{name} {value}" for name, value in shared.items())
    return Factor(round(value, 2), f"It fits the deal: {named}.")


def use(uses: int, published_on: date | None, today: date) -> Factor:
    """The factor for uses in the last 90 days: 1 + 0.15 · log10(1 + uses), at most 1.45.

    A piece first published less than 30 days ago counts as used at least 10 times, so that new
    work is seen.
    """
    is_young = published_on is not None and today - published_on < YOUNG
    if is_young and uses < YOUNG_COUNTS_AS:
        return Factor(_boost(YOUNG_COUNTS_AS), "It is new: it counts as used 10 times.")
    if uses <= 0:
        return NEUTRAL
    times = "once" if uses == 1 else f"{uses:,} times"
    return Factor(_boost(uses), f"It was used {times} in the last 90 days.")


def _boost(uses: int) -> float:
    return round(USUAL + USE_WEIGHT * math.log10(1 + min(uses, MOST_USES)), 3)
