"""Who can be compared with whom: deals by stage, by how long they are in it, and by their cell."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from app.evidence.bins import DAY, NAMES, Ends, Entry, ends, first_entries, start_of
from app.evidence.deal_sets import DealSet, of
from app.evidence.strata import Cell, intensity_of


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """A deal of the cohort that was won or lost.

    `entries` are (stage, second) in order of time, none where its history has no dates; `ended` is
    the second at which it closed. `segment` and `size` are as in `Cell`.
    """

    number: int
    owner: int | None
    is_won: bool
    segment: int
    size: int
    entries: tuple[Entry, ...]
    ended: int


class FirstUse(NamedTuple):
    """The first genuine use of an asset on a deal in a stage, before the deal's close."""

    at: int
    person: int
    is_late: bool


Stage = int
Asset = int
# Of one asset: by stage, by deal. A use before the first stage has stage 0.
UsesOfAsset = Mapping[Stage, Mapping[int, FirstUse]]


class Risk(NamedTuple):
    """When a deal first entered a stage, and when each bin ends for it there."""

    entered: int
    ends: Ends


class RiskSets:
    """The closed deals of a cohort, arranged once for the rows of all assets.

    `uses` are those of all assets: how much other content a deal had seen is part of what it is.
    """

    def __init__(self, deals: Iterable[ClosedDeal], uses: Mapping[Asset, UsesOfAsset]) -> None:
        self.deals = list(deals)
        self.place = {deal.number: place for place, deal in enumerate(self.deals)}
        self.won = of(place for place, deal in enumerate(self.deals) if deal.is_won)
        self._seen = _content_seen(self.place, uses)
        self._risks: dict[Stage, dict[int, Risk]] = {}
        self._cells: dict[tuple[Stage, int], dict[Cell, DealSet]] = {}
        for place, deal in enumerate(self.deals):
            self._arrange(place, deal)

    def risks(self, stage: Stage) -> Mapping[int, Risk]:
        """By place, of the deals that ever were in the stage by a dated history."""
        return self._risks.get(stage, {})

    def alike(self, stage: Stage, number: int) -> Mapping[Cell, DealSet]:
        """The deals in the stage at the end of this bin, by cell."""
        return self._cells.get((stage, number), {})

    def cell(self, place: int, stage: Stage, number: int, own: int | None = None) -> Cell:
        """The cell of the deal at a place in a bin; `own` is when it first used the asset.

        Content counts that was used before the bin begins, so that it is the same question for a
        deal that used the asset and for one that did not.
        """
        found, entered = self.deals[place], self._risks[stage][place].entered
        start = start_of(entered, number)
        others = bisect_left(self._seen.get(place, ()), start) - (own is not None and own < start)
        return Cell(found.segment, found.size, _half(entered // DAY), intensity_of(others))

    def _arrange(self, place: int, deal: ClosedDeal) -> None:
        for stage, entered in first_entries(deal.entries).items():
            risk = Risk(entered, ends(deal.entries, stage, entered, deal.ended))
            self._risks.setdefault(stage, {})[place] = risk
            for number in range(len(NAMES)):
                if risk.ends[number] is not None:
                    cells = self._cells.setdefault((stage, number), {})
                    cell = self.cell(place, stage, number)
                    cells[cell] = cells.get(cell, 0) | 1 << place


def _content_seen(
    places: Mapping[int, int], uses: Mapping[Asset, UsesOfAsset]
) -> dict[int, list[int]]:
    """By place, when each of the assets used on a deal was first used, in order."""
    seen: dict[int, list[int]] = {}
    for of_asset in uses.values():
        for deal, at in anywhere(of_asset).items():
            if deal in places:
                seen.setdefault(places[deal], []).append(at)
    for moments in seen.values():
        moments.sort()
    return seen


def anywhere(of_asset: UsesOfAsset) -> dict[int, int]:
    """By deal, when an asset was first used on it at any stage."""
    first: dict[int, int] = {}
    for by_deal in of_asset.values():
        for deal, use in by_deal.items():
            if deal not in first or use.at < first[deal]:
                first[deal] = use.at
    return first


@cache
def _half(day: int) -> int:
    """The half-year of a day since 1970, in UTC."""
    date = datetime.fromtimestamp(day * DAY, UTC)
    return date.year * 2 + (date.month > 6)
