"""Who can be compared with whom: deals by stage, by how long they are in it, and by their cell."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from app import bitmaps
from app.evidence.bins import DAY, LAST, NAMES, Entry, ends, first_entries, start_of
from app.evidence.deal_sets import DealSet
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


# After every moment there is.
NEVER = 2**62
Stage = int
Asset = int
# Of one asset: by stage, by deal. A use before the first stage has stage 0.
UsesOfAsset = Mapping[Stage, Mapping[int, FirstUse]]


class AtStage(NamedTuple):
    """The closed deals at a stage, by place.

    When each first entered it, NEVER if it did not; when the last bin ends for it, NEVER if it is
    not there by then; by bin its cell, none if it is not there at the end of the bin.
    """

    entered: list[int]
    last_end: list[int]
    cells: Sequence[list[Cell | None]]


class RiskSets:
    """The closed deals of a cohort, arranged once for the rows of all assets.

    `uses` are those of all assets: how much other content a deal had seen is part of what it is.
    `first` is, by asset and place, when it was first used on a deal at any stage.
    """

    def __init__(self, deals: Iterable[ClosedDeal], uses: Mapping[Asset, UsesOfAsset]) -> None:
        self.deals = list(deals)
        self.place = {deal.number: place for place, deal in enumerate(self.deals)}
        self.everybody: DealSet = (1 << len(self.deals)) - 1
        self.won = bitmaps.of(place for place, deal in enumerate(self.deals) if deal.is_won)
        self.reps = [_rep(place, deal) for place, deal in enumerate(self.deals)]
        self.first = {asset: self.first_uses(of_asset) for asset, of_asset in uses.items()}
        self._seen = _content_seen(self.first)
        self._stages: dict[Stage, AtStage] = defaultdict(self._nobody)
        for place, deal in enumerate(self.deals):
            self._arrange(place, deal)
        self._alike = {
            stage: [_by_cell(cells) for cells in there.cells]
            for stage, there in self._stages.items()
        }

    def first_uses(self, of_asset: UsesOfAsset) -> dict[int, int]:
        """By place, when an asset was first used on a deal at any stage."""
        place = self.place
        return {place[deal]: at for deal, at in anywhere(of_asset).items() if deal in place}

    def at(self, stage: Stage) -> AtStage:
        """Everybody at a stage; nobody at one that no dated history has."""
        return self._stages.get(stage) or self._nobody()

    def alike(self, stage: Stage, number: int) -> Mapping[Cell, DealSet]:
        """The deals in the stage at the end of this bin, by cell."""
        return self._alike[stage][number] if stage in self._alike else {}

    def cell(self, there: AtStage, place: int, number: int, own: int | None) -> Cell:
        """The cell in a bin of a deal that is there at its end, and used the asset first at `own`.

        Content counts that was used before the bin begins, so that it is the same question for a
        deal that used the asset and for one that did not.
        """
        known, entered = there.cells[number][place], there.entered[place]
        assert known is not None
        start = start_of(entered, number)
        if own is None or own >= start:
            return known
        return self._cell(place, entered, start, own=True)

    def _cell(self, place: int, entered: int, start: int, *, own: bool = False) -> Cell:
        """With the content seen before the start, but for the asset's own use."""
        found, others = self.deals[place], bisect_left(self._seen.get(place, ()), start) - own
        return Cell(found.segment, found.size, _half(entered // DAY), intensity_of(others))

    def _arrange(self, place: int, deal: ClosedDeal) -> None:
        for stage, entered in first_entries(deal.entries).items():
            there = self._stages[stage]
            there.entered[place] = entered
            until = ends(deal.entries, stage, entered, deal.ended)
            there.last_end[place] = until[LAST] or NEVER
            for number, end in enumerate(until):
                if end is not None:
                    cell = self._cell(place, entered, start_of(entered, number))
                    there.cells[number][place] = cell

    def _nobody(self) -> AtStage:
        many = len(self.deals)
        return AtStage([NEVER] * many, [NEVER] * many, [[None] * many for _ in NAMES])


def _rep(place: int, deal: ClosedDeal) -> int:
    """Whose deal it is; one that nobody owns stands for itself, as a number below 0."""
    return -1 - place if deal.owner is None else deal.owner


def _by_cell(cells: Iterable[Cell | None]) -> dict[Cell, DealSet]:
    places: dict[Cell, list[int]] = {}
    for place, cell in enumerate(cells):
        if cell is not None:
            places.setdefault(cell, []).append(place)
    return {cell: bitmaps.of(some) for cell, some in places.items()}


def _content_seen(first: Mapping[Asset, Mapping[int, int]]) -> dict[int, list[int]]:
    """By place, when each of the assets used on a deal was first used, in order."""
    seen: dict[int, list[int]] = defaultdict(list)
    for of_asset in first.values():
        for place, at in of_asset.items():
            seen[place].append(at)
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
