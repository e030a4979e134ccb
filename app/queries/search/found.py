"""What a search answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.models.deal import Deal
from app.queries.cards import AssetCard


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor of a hit's rank."""

    factor: str
    value: float
    note: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A hit as a suggestion shows it: the asset and its best page, neither explained nor quoted."""

    asset: AssetCard
    page: int | None
    page_title: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An asset that matches, with the page that matches best (none: the asset itself).

    `score` is the product of what `why` lists.
    """

    asset: AssetCard
    page: int | None
    page_title: str
    pages_matched: int
    snippet: str
    score: float
    why: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `total` and `facets` count assets.

    `complete` of them have all words. They are fewer than `total` only where it `is_relaxed`:
    where hardly any has all, those with some of the words are found too. `synonyms` were looked
    for beside the words. `deal` is the one that it was searched from. `says_nothing`: there is
    a text with nothing to search for in it, such as signs alone. `notices` tell of filters whose
    value is none, such as a kind that there is not.
    """

    total: int
    complete: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    is_relaxed: bool
    problem: str | None
    took_ms: float
    did_you_mean: str | None = None
    synonyms: Sequence[str] = field(default=())
    deal: Deal | None = None
    says_nothing: bool = False
    notices: Sequence[str] = field(default=())
