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


class Match(BaseModel):
    """How an asset matches; `page` is the number of its best page, none for the asset itself.

    `snippet` is HTML with only <mark>.
    """

    page: int | None
    pages_matched: int
    title: str
    snippet: str
    score: float
    why: list[Why]

    @classmethod
    def of(cls, hit: Hit) -> "Match":
        """From a hit."""
        # Everything here is made by us: to check it again would take a tenth of a search.
        return cls.model_construct(
            page=hit.page,
            pages_matched=hit.pages_matched,
            title=hit.page_title or hit.asset.title,
            snippet=hit.snippet,
            score=hit.score,
            why=[Why.of(one) for one in hit.why],
        )


class HitAnswer(Match):
    """An asset that matches, and how; `page` is the number of its best page.

    Without a page it is the asset itself. `snippet` is HTML with only <mark>.
    """

    asset: AssetAnswer

    @staticmethod
    def written(hit: Hit, actor: User) -> str:
        """From a hit, as JSON."""
        asset, match = AssetAnswer.written(hit.asset, actor), Match.of(hit).model_dump_json()
        return f'{{"asset":{asset},{match[1:]}'


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
    def written(cls, found: Found, actor: User, query_id: int | None) -> str:
        """From what was found, as JSON, in which the hits are put as they are written already."""
        answer = cls.model_construct(
            total=found.total,
            complete=found.complete,
            took_ms=found.took_ms,
            query_id=query_id,
            hits=[],
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
        hits = ",".join(HitAnswer.written(hit, actor) for hit in found.hits)
        # The first is the hits' own place: before it there are only numbers.
        return answer.model_dump_json().replace('"hits":[]', f'"hits":[{hits}]', 1)
