"""Who can be compared with whom: deals by stage, by how long they are in it, and by their cell."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

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
        self.everybody: DealSet = (1 << len(self.deals)) - 1
        self.won = of(place for place, deal in enumerate(self.deals) if deal.is_won)
        self.reps = [_rep(place, deal) for place, deal in enumerate(self.deals)]
        self._seen = _content_seen(self.place, uses)
        self._risks: dict[Stage, list[Risk | None]] = defaultdict(self._nothing)
        self._cells: dict[tuple[Stage, int], list[Cell | None]] = defaultdict(self._nothing)
        for place, deal in enumerate(self.deals):
            self._arrange(place, deal)
        self._alike = {key: _by_cell(cells) for key, cells in self._cells.items()}

    def risks(self, stage: Stage) -> Sequence[Risk | None]:
        """By place; none for deals that never were in the stage by a dated history."""
        return self._risks.get(stage) or self._nothing()

    def alike(self, stage: Stage, number: int) -> Mapping[Cell, DealSet]:
        """The deals in the stage at the end of this bin, by cell."""
        return self._alike.get((stage, number), {})

    def cell(self, place: int, stage: Stage, number: int, own: int | None) -> Cell:
        """The cell in a bin of a deal that is there at its end, and used the asset first at `own`.

        Content counts that was used before the bin begins, so that it is the same question for a
        deal that used the asset and for one that did not.
        """
        risk, known = self._risks[stage][place], self._cells[stage, number][place]
        assert risk is not None and known is not None
        start = start_of(risk.entered, number)
        if own is None or own >= start:
            return known
        return self._cell(place, risk.entered, start, own=True)

    def _cell(self, place: int, entered: int, start: int, *, own: bool = False) -> Cell:
        """With the content seen before the start, but for the asset's own use."""
        found, others = self.deals[place], bisect_left(self._seen.get(place, ()), start) - own
        return Cell(found.segment, found.size, _half(entered // DAY), intensity_of(others))

    def _arrange(self, place: int, deal: ClosedDeal) -> None:
        for stage, entered in first_entries(deal.entries).items():
            risk = Risk(entered, ends(deal.entries, stage, entered, deal.ended))
            self._risks[stage][place] = risk
            for number in range(len(NAMES)):
                if risk.ends[number] is not None:
                    cell = self._cell(place, entered, start_of(entered, number))
                    self._cells[stage, number][place] = cell

    def _nothing(self) -> list[Any]:
        return [None] * len(self.deals)


def _rep(place: int, deal: ClosedDeal) -> int:
    """Whose deal it is; one that nobody owns stands for itself, as a number below 0."""
    return -1 - place if deal.owner is None else deal.owner


def _by_cell(cells: Iterable[Cell | None]) -> dict[Cell, DealSet]:
    places: dict[Cell, list[int]] = {}
    for place, cell in enumerate(cells):
        if cell is not None:
            places.setdefault(cell, []).append(place)
    return {cell: of(some) for cell, some in places.items()}


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
