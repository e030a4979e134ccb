"""One asset at one stage: the deals that used it, and those like them that had not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.evidence.bins import NAMES, bin_of
from app.evidence.mantel_haenszel import (
    Arms,
    Difference,
    clustered_variance,
    risk_difference,
)
from app.evidence.risk_sets import FirstUse, RiskSets, anywhere
from app.evidence.strata import Cell, merged

# From this share of the used deals on, one rep could carry the figure alone.
LARGE_SHARE = 0.2


class Stratum(NamedTuple):
    """Deals that are compared with one another, all in one bin."""

    bin: int
    arms: Arms


@dataclass(frozen=True, slots=True)
class Matched:
    """The used deals of a row and what became of them on the way into the comparison.

    `used` are the closed deals on which the asset was used in the stage; of these `undated` have
    no dated entry into it before the use, and `left` were out of it by the end of the bin.
    """

    used: frozenset[int]
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
    compared, or where all that is compared ended alike.
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


def match(sets: RiskSets, stage: int, uses: Mapping[int, Mapping[int, FirstUse]]) -> Matched:
    """Put the deals of an asset's row into strata; `uses` are the asset's at every stage."""
    first = anywhere(uses)
    here = {deal: use for deal, use in uses.get(stage, {}).items() if deal in sets.deals}
    risks = sets.risks(stage)
    undated = left = 0
    cells: list[dict[Cell, list[int]]] = [{} for _ in NAMES]
    for deal, use in sorted(here.items()):
        risk = risks.get(deal)
        number = bin_of(use.at - risk.entered) if risk else None
        if risk is None or number is None:
            undated += 1
        elif risk.ends[number] is None:
            left += 1
        else:
            cell = sets.cell(deal, stage, number, own=first[deal])
            cells[number].setdefault(cell, []).append(deal)
    return Matched(frozenset(here), undated, left, tuple(_strata(sets, stage, first, cells)))


def _strata(
    sets: RiskSets, stage: int, first: Mapping[int, int], cells: list[dict[Cell, list[int]]]
) -> Iterator[Stratum]:
    """Bin by bin; a deal is comparable in the first bin whose cell has a used deal, once a row."""
    taken: set[int] = set()
    for number, of_bin in enumerate(cells):
        users = set(_users_by_the_end(sets, stage, number, first)) if of_bin else set()
        alike = sets.alike(stage, number)
        arms: dict[Cell, Arms] = {}
        for cell, used in of_bin.items():
            comparable = alike.get(cell, set()) - users - taken
            taken |= comparable
            arms[cell] = Arms(used, sorted(comparable))
        yield from (Stratum(number, together) for together in merged(arms))


def _users_by_the_end(
    sets: RiskSets, stage: int, number: int, first: Mapping[int, int]
) -> Iterator[int]:
    """The deals that have used the asset, at any stage, by the end of the bin."""
    risks = sets.risks(stage)
    for deal, at in first.items():
        risk = risks.get(deal)
        end = risk.ends[number] if risk else None
        if end is not None and at <= end:
            yield deal


def compare(sets: RiskSets, matched: Matched) -> Comparison:
    """The figures of what was matched."""
    counted = [arms.counted(sets.won.__contains__) for arms in matched.arms]
    difference = risk_difference(counted)
    is_clustered = difference is not None and _one_holds_many(sets, matched.used)
    if difference is not None and is_clustered:
        clustered = clustered_variance(
            matched.arms, difference.lift, sets.won.__contains__, lambda deal: _rep(sets, deal)
        )
        difference = Difference(difference.lift, max(difference.variance, clustered))
    if difference is not None and not difference.variance:
        difference = None
    return Comparison(
        used=len(matched.used),
        undated=matched.undated,
        left=matched.left,
        matched=sum(one.used for one in counted),
        matched_won=sum(one.used_won for one in counted),
        comparable=sum(one.comparable for one in counted),
        comparable_won=sum(one.comparable_won for one in counted),
        strata=len(counted),
        is_clustered=is_clustered,
        difference=difference,
    )


def _one_holds_many(sets: RiskSets, used: Iterable[int]) -> bool:
    held = Counter(_rep(sets, deal) for deal in used)
    return max(held.values()) > LARGE_SHARE * sum(held.values())


def _rep(sets: RiskSets, deal: int) -> tuple[str, int]:
    """Whose deal it is; one that nobody owns stands for itself."""
    owner = sets.deals[deal].owner
    return ("deal", deal) if owner is None else ("rep", owner)
