"""One asset at one stage: the deals that used it, and those like them that had not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from math import inf
from operator import or_
from typing import NamedTuple

from app.evidence.bins import LAST, NAMES, bin_of
from app.evidence.deal_sets import Arms, DealSet, of
from app.evidence.mantel_haenszel import (
    Difference,
    clustered_variance,
    counted,
    risk_difference,
)
from app.evidence.risk_sets import FirstUse, RiskSets, UsesOfAsset, anywhere
from app.evidence.strata import FEWEST, Cell, merged

# From this share of the used deals on, one rep could carry the figure alone.
LARGE_SHARE = 0.2


class Stratum(NamedTuple):
    """Deals that are compared with one another, all in one bin."""

    bin: int
    arms: Arms


@dataclass(frozen=True, slots=True)
class Matched:
    """The used deals of a row and what became of them on the way into the comparison.

    `used` are the closed deals, by place, on which the asset was used in the stage; of these
    `undated` have no dated entry into it before the use, and `left` were out of it by the end of
    the bin.
    """

    used: Sequence[int]
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
    return _match(sets, stage, uses[stage], _first(sets, uses))


def match_all(sets: RiskSets, uses: UsesOfAsset) -> Iterator[tuple[int, Matched]]:
    """The same for each stage that an asset was used in, in order."""
    first = _first(sets, uses)
    for stage in sorted(uses):
        yield stage, _match(sets, stage, uses[stage], first)


def _first(sets: RiskSets, uses: UsesOfAsset) -> dict[int, int]:
    """By place, when the asset was first used on a deal at any stage."""
    return {sets.place[deal]: at for deal, at in anywhere(uses).items() if deal in sets.place}


def _match(
    sets: RiskSets, stage: int, uses: Mapping[int, FirstUse], first: Mapping[int, int]
) -> Matched:
    here = {sets.place[deal]: use for deal, use in uses.items() if deal in sets.place}
    risks = sets.risks(stage)
    undated = left = 0
    cells: list[dict[Cell, list[int]]] = [{} for _ in NAMES]
    for place, use in here.items():
        risk = risks[place]
        number = bin_of(use.at - risk.entered) if risk else None
        if risk is None or number is None:
            undated += 1
        elif risk.ends[number] is None:
            left += 1
        else:
            cell = sets.cell(place, stage, number, first[place])
            cells[number].setdefault(cell, []).append(place)
    return Matched(list(here), undated, left, tuple(_strata(sets, stage, first, cells)))


def _strata(
    sets: RiskSets, stage: int, first: Mapping[int, int], cells: list[dict[Cell, list[int]]]
) -> Iterator[Stratum]:
    """Bin by bin; a deal is comparable in the first bin whose cell has a used deal, once a row."""
    users = _users(sets, stage, first)
    blocked: DealSet = 0
    for number, used in enumerate(cells):
        blocked |= users[number] | of(chain.from_iterable(used.values()))
        if not used:
            continue
        free = sets.everybody & ~blocked
        for arms in merged(_arms(used, sets.alike(stage, number), free)):
            blocked |= arms.comparable
            yield Stratum(number, arms)


def _arms(
    used: Mapping[Cell, Sequence[int]], alike: Mapping[Cell, DealSet], free: DealSet
) -> dict[Cell, Arms]:
    """By cell; together at once where there are so few used deals that all would be merged."""
    if sum(map(len, used.values())) < FEWEST:
        comparable = reduce(or_, (alike.get(cell, 0) for cell in used))
        together = Arms.among(of(chain.from_iterable(used.values())), comparable & free)
        return {next(iter(used)): together}
    return {
        cell: Arms.among(of(places), alike.get(cell, 0) & free) for cell, places in used.items()
    }


def _users(sets: RiskSets, stage: int, first: Mapping[int, int]) -> list[DealSet]:
    """By bin, the deals that used the asset, at any stage, in it or before the stage was entered.

    A use after the last bin has ended for a deal comes too late to count there.
    """
    users: list[list[int]] = [[] for _ in NAMES]
    risks = sets.risks(stage)
    for place, at in first.items():
        risk = risks[place]
        if risk is None:
            continue
        number, end = bin_of(at - risk.entered) or 0, risk.ends[LAST]
        if number < LAST or (end is not None and at <= end):
            users[number].append(place)
    return [of(some) for some in users]


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
