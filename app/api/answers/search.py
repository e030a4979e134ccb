"""Search results as answers."""

from pydantic import BaseModel
from typing_extensions import TypedDict

from app.api.answers.assets import AssetAnswer
from app.models.person import User
from app.queries.search import Found, Hit, Reason


class Why(BaseModel):
    """One factor of a hit's rank."""

    factor: str
    value: float
    note: str

    @classmethod
    def of(cls, reason: Reason) -> "Why":
        """From a reason."""
        return cls.model_construct(factor=reason.factor, value=reason.value, note=reason.note)


class HitAnswer(BaseModel):
    """An asset that matches; `page` is the number of its best page, none for the asset itself.

    `snippet` is HTML with only <mark>.
    """

    asset: AssetAnswer
    page: int | None
    pages_matched: int
    title: str
    snippet: str
    score: float
    why: list[Why]

    @classmethod
    def of(cls, hit: Hit, actor: User) -> "HitAnswer":
        """From a hit."""
        # Everything here is made by us: to check it again would take a tenth of a search.
        return cls.model_construct(
            asset=AssetAnswer.of(hit.asset, actor),
            page=hit.page,
            pages_matched=hit.pages_matched,
            title=hit.page_title or hit.asset.title,
            snippet=hit.snippet,
            score=hit.score,
            why=[
                Why.model_construct(factor=one.factor, value=one.value, note=one.note)
                for one in hit.why
            ],
        )


class FacetCount(TypedDict):
    """How many assets have a value."""

    value: str
    count: int


class SearchAnswer(BaseModel):
    """What was found; `total` and `facets` count assets.

    `complete` of them have all the words. `relaxed` says that these were few, so that assets with
    some of the words are among the rest. `problem` says what is poorer about this answer than it
    should be. `notices` tell of filters in `q` whose value is none (`kind:decks`, `updated:>soon`),
    and how their text was read instead. `synonyms` were looked for as well. `query_id` is what
    clicks are told of; none for a search without words.
    """

    total: int
    complete: int
    took_ms: float
    query_id: int | None
    hits: list[HitAnswer]
    facets: dict[str, list[FacetCount]]
    did_you_mean: str | None
    synonyms: list[str]
    relaxed: bool
    problem: str | None
    notices: list[str]

    @classmethod
    def of(cls, found: Found, actor: User, query_id: int | None) -> "SearchAnswer":
        """From what was found."""
        return cls.model_construct(
            total=found.total,
            complete=found.complete,
            took_ms=found.took_ms,
            query_id=query_id,
            hits=[HitAnswer.of(hit, actor) for hit in found.hits],
            facets={
                name: [FacetCount(value=value, count=count) for value, count in values]
                for name, values in found.facets.items()
            },
            did_you_mean=found.did_you_mean,
            synonyms=list(found.synonyms),
            relaxed=found.is_relaxed,
            problem=found.problem,
            notices=list(found.notices),
        )
