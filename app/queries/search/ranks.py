"""The factors beside the text by which hits are ranked, for one search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app import bitmaps
from app.clock import local, today
from app.models.deal import Deal
from app.queries.catalogue import NONE, Catalogue
from app.queries.search.found import Reason
from app.queries.standing import Standing
from app.text.ranking import COMPLETE, NEUTRAL, Factor, context, state, use

TEXT = "How well the words match the title, the tags and the text."
WORDS = "It has all of the words; others have some of them."


@dataclass(frozen=True, slots=True)
class _Shared:
    """The assets that have a value of the deal's."""

    name: str
    value: str
    bits: int


class Ranks:
    """What the text's score of an asset is multiplied by, and why."""

    def __init__(self, kept: Catalogue, standing: Standing, deal: Deal | None) -> None:
        self._kept = kept
        self._uses = standing.uses
        self._today = today()
        self._always = _always(kept, standing, self._today)
        self._context = [] if deal is None else _of_deal(kept, deal)
        self._complete: int | None = None

    @property
    def has_context(self) -> bool:
        """Whether there is a deal that assets can fit."""
        return bool(self._context)

    def set_apart(self, complete: int | None) -> None:
        """Lift the assets that have all words, where others with some of them are among them."""
        self._complete = complete

    def of(self, asset_id: int) -> float:
        """The product of the factors."""
        value = self._always.get(asset_id, 1.0)
        if self._complete is not None:
            value *= self._words(asset_id).value
        return value * self._fit(asset_id).value if self._context else value

    def reasons(self, asset_id: int, text_score: float) -> list[Reason]:
        """Every factor that changes something, that of the text first."""
        named = {
            "words": self._words(asset_id),
            "state": _state(self._kept, asset_id, self._today),
            "context": self._fit(asset_id),
            "use": _use(self._kept, self._uses, asset_id, self._today),
        }
        found = [Reason(name, *factor) for name, factor in named.items() if factor.note]
        return [Reason("text", round(text_score, 2), TEXT), *found] if text_score else found

    def _words(self, asset_id: int) -> Factor:
        is_apart = self._complete is not None and bitmaps.has(self._complete, asset_id)
        return Factor(COMPLETE, WORDS) if is_apart else NEUTRAL

    def _fit(self, asset_id: int) -> Factor:
        shared: dict[str, str] = {}
        for one in self._context:
            if one.name not in shared and bitmaps.has(one.bits, asset_id):
                shared[one.name] = one.value
        return context(shared)


def _of_deal(kept: Catalogue, deal: Deal) -> list[_Shared]:
    values: Mapping[str, Sequence[str]] = {
        "stage": [deal.stage.name] if deal.stage else [],
        "competitor": deal.competitors,
        "industry": [deal.industry],
        "segment": [deal.segment],
        "region": [deal.region],
    }
    return [
        _Shared(name, value, kept.having(name, [value]))
        for name, several in values.items()
        for value in several
        if value
    ]


# What does not depend on who asks: worked out once for each state of things.
_made: dict[str, tuple[Catalogue, Standing, date, Mapping[int, float]]] = {}


def _always(kept: Catalogue, standing: Standing, day: date) -> Mapping[int, float]:
    made = _made.get("all")
    if made is None or made[0] is not kept or made[1] is not standing or made[2] != day:
        factors = {
            one: _state(kept, one, day).value * _use(kept, standing.uses, one, day).value
            for one in kept.changed
        }
        made = _made["all"] = (kept, standing, day, factors)
    return made[3]


def _state(kept: Catalogue, asset_id: int, day: date) -> Factor:
    dates = kept.dates.get(asset_id, NONE)
    return state(dates.review_by, dates.expires_on, day)


def _use(kept: Catalogue, uses: Mapping[int, int], asset_id: int, day: date) -> Factor:
    published = kept.dates.get(asset_id, NONE).published_at
    return use(uses.get(asset_id, 0), local(published).date() if published else None, day)
