"""One asset at one stage: the deals that used it, and those like them that had not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from math import inf
from operator import or_
from typing import NamedTuple

from app import bitmaps
from app.evidence.bins import LAST, NAMES, begun
from app.evidence.deal_sets import Arms, DealSet
from app.evidence.mantel_haenszel import (
    Difference,
    clustered_variance,
    counted,
    risk_difference,
)
from app.evidence.risk_sets import AtStage, FirstUse, RiskSets, UsesOfAsset
from app.evidence.strata import FEWEST, Cell, merged

# The used deals of a bin, by place, by what they are like.
Used = dict[Cell, list[int]]
# From this share of the used deals on, one rep could carry the figure alone.
LARGE_SHARE = 0.2


class Stratum(NamedTuple):
    """Deals that are compared with one another, all in one bin."""

    bin: int
    arms: Arms


@dataclass(frozen=True, slots=True)
class Matched:
    """The used deals of a row and what became of them on the way into the comparison.

    `used` are the closed deals, by place, on which the asset was used in the stage, by so many
    `reps`; of these `undated` have no dated entry into it before the use, and `left` were out of it
    by the end of the bin.
    """

    used: Sequence[int]
    reps: int
    undated: int
    left: int
    strata: tuple[Stratum, ...]

    @property
    def arms(self) -> Iterator[Arms]:
        """The deals of each stratum."""
        return (one.arms for one in self.strata)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row's figures: of how many deals, won how often, and the matched lift.

    `matched` are the used deals that have comparable ones. The lift is none where nothing can be
    compared, where all that is compared ended alike, or where one person's deals are all there is.
    """

    used: int
    undated: int
    left: int
    matched: int
    matched_won: int
    comparable: int
    comparable_won: int
    strata: int
    is_clustered: bool
    difference: Difference | None

    @property
    def share_matched(self) -> float:
        """The share of the used deals that are compared."""
        return self.matched / self.used if self.used else 0.0


def match(sets: RiskSets, stage: int, uses: UsesOfAsset) -> Matched:
    """Put the deals of an asset's row into strata; `uses` are the asset's at every stage."""
    return _match(sets, stage, uses[stage], sets.first_uses(uses))


def match_all(sets: RiskSets, asset: int, uses: UsesOfAsset) -> Iterator[tuple[int, Matched]]:
    """The same for each stage that one of the assets was used in, in order."""
    for stage in sorted(uses):
        yield stage, _match(sets, stage, uses[stage], sets.first[asset])


def _match(
    sets: RiskSets, stage: int, uses: Mapping[int, FirstUse], first: Mapping[int, int]
) -> Matched:
    there, numbers = sets.at(stage), sets.place
    entered = there.entered
    used: list[int] = []
    reps: set[int] = set()
    undated = left = 0
    cells: list[Used] = [defaultdict(list) for _ in NAMES]
    for deal, use in uses.items():
        if (place := numbers.get(deal)) is None:
            continue
        used.append(place)
        reps.add(use.person)
        number = begun(use.at - entered[place]) - 1
        if number < 0:
            undated += 1
        elif (cell := there.cells[number][place]) is None:
            left += 1
        else:
            own = first[place]
            if own != use.at:
                cell = sets.cell(there, place, number, own)
            cells[number][cell].append(place)
    return Matched(
        used, len(reps), undated, left, tuple(_strata(sets, stage, _users(there, first), cells))
    )


def _strata(
    sets: RiskSets, stage: int, users: Sequence[list[int]], cells: Sequence[Used]
) -> Iterator[Stratum]:
    """Bin by bin; a deal is comparable in the first bin whose cell has a used deal, once a row."""
    users[LAST].extend(chain.from_iterable(cells[LAST].values()))
    blocked: DealSet = 0
    bins = [number for number, used in enumerate(cells) if used]
    for number in range(max(bins, default=-1) + 1):
        blocked |= bitmaps.of(users[number])
        if used := cells[number]:
            free = sets.everybody & ~blocked
            for arms in merged(_arms(used, sets.alike(stage, number), free)):
                blocked |= arms.comparable
                yield Stratum(number, arms)


def _arms(used: Used, alike: Mapping[Cell, DealSet], free: DealSet) -> dict[Cell, Arms]:
    """By cell; together at once where there are so few used deals that all would be merged."""
    if sum(map(len, used.values())) < FEWEST:
        comparable = reduce(or_, (alike.get(cell, 0) for cell in used))
        together = Arms(list(chain.from_iterable(used.values())), comparable & free)
        return {next(iter(used)): together}
    return {cell: Arms(places, alike.get(cell, 0) & free) for cell, places in used.items()}


def _users(there: AtStage, first: Mapping[int, int]) -> list[list[int]]:
    """By bin, the deals that used the asset, at any stage, in it or before the stage was entered.

    A use after the last bin has ended for a deal comes too late to count there. Deals that never
    were in the stage are among those of some bin, where nothing is asked of them.
    """
    by_begun: list[list[int]] = [[] for _ in range(1 + len(NAMES))]
    entered, end = there.entered, there.last_end
    for place, at in first.items():
        by_begun[begun(at - entered[place])].append(place)
    before, *users = by_begun
    users[0] += before
    users[LAST] = [place for place in users[LAST] if first[place] <= end[place]]
    return users


def compare(sets: RiskSets, matched: Matched) -> Comparison:
    """The figures of what was matched."""
    strata = [counted(arms, sets.won) for arms in matched.arms]
    difference = risk_difference(strata)
    is_clustered = difference is not None and _one_holds_many(sets, matched.used)
    if difference is not None and is_clustered:
        clustered = clustered_variance(matched.arms, difference.lift, sets.won, sets.reps)
        difference = Difference(difference.lift, max(difference.variance, clustered))
    if difference is not None and not 0 < difference.variance < inf:
        difference = None
    return Comparison(
        used=len(matched.used),
        undated=matched.undated,
        left=matched.left,
        matched=sum(one.used for one in strata),
        matched_won=sum(one.used_won for one in strata),
        comparable=sum(one.comparable for one in strata),
        comparable_won=sum(one.comparable_won for one in strata),
        strata=len(strata),
        is_clustered=is_clustered,
        difference=difference,
    )


def _one_holds_many(sets: RiskSets, used: Iterable[int]) -> bool:
    held = Counter(map(sets.reps.__getitem__, used))
    return max(held.values()) > LARGE_SHARE * sum(held.values())
