"""What goes with searching, as answers: suggestions, saved searches, synonyms, gaps."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, RootModel

from app.api.answers.assets import AssetPointer
from app.api.answers.deals import MoneyAnswer, money
from app.models.saved_search import SavedSearch
from app.models.synonym import SynonymGroup
from app.queries.gaps import Gap
from app.queries.suggestions import Suggestion


class SuggestionAnswer(BaseModel):
    """Something that may be meant; `kind` is query, asset or page, and only a page has a page."""

    text: str
    kind: str
    asset: AssetPointer | None
    page: int | None


class SuggestionList(RootModel[list[SuggestionAnswer]]):
    """Suggestions, the likeliest first."""

    @classmethod
    def of(cls, found: Sequence[Suggestion]) -> "SuggestionList":
        """From what was found."""
        return cls(
            [
                SuggestionAnswer(
                    text=one.text,
                    kind=one.kind.value,
                    asset=_pointer(one),
                    page=one.page,
                )
                for one in found
            ]
        )


def _pointer(one: Suggestion) -> AssetPointer | None:
    asset = one.asset
    return AssetPointer(id=asset.id, slug=asset.slug, title=asset.title) if asset else None


class SavedSearchAnswer(BaseModel):
    """A search that the person keeps; `filters` are lists of values by name."""

    id: int
    name: str
    q: str
    filters: dict[str, list[str]]
    notify: bool
    created_at: datetime

    @classmethod
    def of(cls, saved: SavedSearch) -> "SavedSearchAnswer":
        """From the row."""
        return cls(
            id=saved.id,
            name=saved.name,
            q=saved.text,
            filters=saved.filters,
            notify=saved.wants_notice,
            created_at=saved.created_at,
        )


class SavedSearchList(BaseModel):
    """The person's saved searches, by name."""

    items: list[SavedSearchAnswer]
    next: None = None
    total: int

    @classmethod
    def of(cls, found: Sequence[SavedSearch]) -> "SavedSearchList":
        """From the rows."""
        return cls(items=[SavedSearchAnswer.of(one) for one in found], total=len(found))


class SynonymsAnswer(BaseModel):
    """Words that stand for each other."""

    id: int
    words: list[str]

    @classmethod
    def of(cls, group: SynonymGroup) -> "SynonymsAnswer":
        """From the row."""
        return cls(id=group.id, words=group.texts)


class SynonymsList(BaseModel):
    """Every group of synonyms."""

    items: list[SynonymsAnswer]
    next: None = None
    total: int

    @classmethod
    def of(cls, groups: Sequence[SynonymGroup]) -> "SynonymsList":
        """From the rows."""
        return cls(items=[SynonymsAnswer.of(one) for one in groups], total=len(groups))


class GapAnswer(BaseModel):
    """A text that was searched in vain: how often, by how many, and the open deals behind it.

    `empty` of the `failed` searches found nothing; `wanted` are those of which the person said
    that it is missing. `amounts` has one sum for each currency.
    """

    kind: str = "failed_search"
    text: str
    people: int
    failed: int
    empty: int
    wanted: int
    last_at: datetime
    open_deals: int
    amounts: list[MoneyAnswer]

    @classmethod
    def of(cls, gap: Gap) -> "GapAnswer":
        """From a gap."""
        row = gap.searches
        amounts = [money(amount, currency) for amount, currency in gap.amounts]
        return cls(
            text=row.text,
            people=row.people,
            failed=row.failed,
            empty=row.empty,
            wanted=row.wanted,
            last_at=row.last_at,
            open_deals=gap.deals,
            amounts=[one for one in amounts if one],
        )


class GapList(BaseModel):
    """What was searched in vain, by most people first."""

    items: list[GapAnswer]

    @classmethod
    def of(cls, found: Sequence[Gap]) -> "GapList":
        """From the gaps."""
        return cls(items=[GapAnswer.of(one) for one in found])
