"""Exact questions to a snapshot: which assets match, with how many pages, up to which change."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from tantivy import DocAddress, FieldType, Occur, Query, Searcher

from app.backends.search.tantivy.schema import NOBODY, PAGES

# Tantivy gives at most 65,000 buckets and leaves the rest out.
BUCKETS = 64_000

Hit = tuple[float, int, int]
"""Score, asset and page."""


def pages_by_asset(searcher: Searcher, query: Query) -> Mapping[int, int]:
    """Every asset with a page that matches, and how many do."""
    counts, is_whole = _counted(searcher, query)
    if is_whole:
        return counts
    parts = _parts(searcher, query)
    return {a: count for part in parts for a, count in _counted(searcher, part)[0].items()}


def how_many(searcher: Searcher, query: Query) -> int:
    """How many entries match."""
    answer = searcher.aggregate(query, {"assets": {"value_count": {"field": "asset"}}})
    return int(answer["assets"]["value"])


def assets_of(searcher: Searcher, query: Query) -> list[int]:
    """The assets whose own entries match."""
    found = _numbers(searcher, "asset", _everything(searcher, query))
    # One document is no asset's: it has the position.
    return [asset for asset in found if asset is not None]


def scored_assets(searcher: Searcher, query: Query, limit: int) -> dict[int, float]:
    """The assets whose own entries score highest, with their scores, the highest first."""
    hits = searcher.search(query, limit=limit, count=False).hits
    assets = _numbers(searcher, "asset", [address for _, address in hits])
    return {
        asset: score for asset, (score, _) in zip(assets, hits, strict=True) if asset is not None
    }


def best_pages(searcher: Searcher, query: Query, limit: int) -> list[Hit]:
    """The pages that score highest; without blanks, which match where nothing is asked for."""
    hits = searcher.search(query, limit=limit, count=False).hits
    addresses = [address for _, address in hits]
    scores = (score for score, _ in hits)
    places = (_numbers(searcher, name, addresses) for name in ("asset", "page"))
    found = cast(Iterator[Hit], zip(scores, *places, strict=True))
    return [hit for hit in found if hit[1] != NOBODY]


def all_assets(searcher: Searcher) -> frozenset[int]:
    """Every asset in the index."""
    return frozenset(assets_of(searcher, Query.all_query()))


def position(searcher: Searcher) -> int:
    """The number that the last commit wrote; raises ValueError if it wrote none."""
    found = _numbers(searcher, "position", _everything(searcher, Query.exists_query("position")))
    if len(found) != 1 or found[0] is None:
        raise ValueError("it does not say up to which change it goes")
    return found[0]


def _numbers(searcher: Searcher, field: str, addresses: list[DocAddress]) -> Sequence[int | None]:
    """A number of each of these documents."""
    return cast(list[int | None], searcher.fast_field_values(field, addresses))


def _everything(searcher: Searcher, query: Query) -> list[DocAddress]:
    unscored = Query.const_score_query(query, 0.0)
    found = searcher.search(unscored, limit=max(1, searcher.num_docs), count=False)
    return [address for _, address in found.hits]


def _counted(searcher: Searcher, query: Query) -> tuple[dict[int, int], bool]:
    """The counts, and whether these are all."""
    # By number, which is sooner done than by count; nothing asks for either.
    terms = {"field": "asset", "size": BUCKETS, "segment_size": BUCKETS, "order": {"_key": "asc"}}
    answer = searcher.aggregate(query, {"asset": {"terms": terms}})["asset"]
    counts: dict[int, int] = {one["key"]: one["doc_count"] for one in answer["buckets"]}
    counts.pop(NOBODY, None)
    return counts, not answer["sum_other_doc_count"]


def _parts(searcher: Searcher, query: Query) -> list[Query]:
    """The query by ranges of assets, each small enough for one aggregation."""
    [(last, _)] = searcher.search(
        Query.all_query(), limit=1, count=False, order_by_field="asset"
    ).hits
    return [_between(query, n, n + BUCKETS) for n in range(0, int(last) + 1, BUCKETS)]


def _between(query: Query, first: int, after: int) -> Query:
    span = Query.range_query(PAGES, "asset", FieldType.Unsigned, first, after, include_upper=False)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, span)])
