"""Exact questions to a snapshot: which assets match, with how many pages, up to which change."""

from collections.abc import Mapping
from typing import cast

from tantivy import DocAddress, FieldType, Occur, Order, Query, Searcher

from app.backends.search.base import PageHit
from app.backends.search.tantivy.schema import SCHEMA

# Tantivy gives at most 65,000 buckets and leaves the rest out; an asset may need two.
BUCKETS = 64_000


def pages_by_asset(searcher: Searcher, query: Query) -> Mapping[int, int]:
    """Every asset with a match, and how many of its pages match (its page 0 not counted)."""
    counts, is_whole = _counted(searcher, query)
    if is_whole:
        return counts
    return {
        asset: count
        for part in _parts(searcher, query)
        for asset, count in _counted(searcher, part)[0].items()
    }


def best_hits(searcher: Searcher, query: Query, limit: int, *, is_scored: bool) -> list[PageHit]:
    """The highest scores first; without scores, by asset."""
    if limit < 1:
        return []
    if is_scored:
        hits = searcher.search(query, limit=limit, count=False).hits
    else:
        found = searcher.search(
            query, limit=limit, count=False, order_by_field="asset", order=Order.Asc
        )
        hits = [(0.0, address) for _, address in found.hits]
    addresses = [address for _, address in hits]
    places = zip(
        _numbers(searcher, "asset", addresses), _numbers(searcher, "page", addresses), strict=True
    )
    ranked = sorted((-score, *place) for place, (score, _) in zip(places, hits, strict=True))
    return [PageHit(asset, page, -score) for score, asset, page in ranked]


def all_assets(searcher: Searcher) -> list[int]:
    """Every asset in the index, in order."""
    addresses = _everything(searcher, Query.term_query(SCHEMA, "page", 0))
    return sorted(_numbers(searcher, "asset", addresses))


def position(searcher: Searcher) -> int:
    """The number that the last commit wrote; raises ValueError if it wrote none."""
    numbers = _numbers(searcher, "position", _everything(searcher, Query.exists_query("position")))
    if len(numbers) != 1:
        raise ValueError("it does not say up to which change it goes")
    return numbers[0]


def _everything(searcher: Searcher, query: Query) -> list[DocAddress]:
    unscored = Query.const_score_query(query, 0.0)
    found = searcher.search(unscored, limit=max(1, searcher.num_docs), count=False)
    return [address for _, address in found.hits]


def _numbers(searcher: Searcher, field: str, addresses: list[DocAddress]) -> list[int]:
    return cast(list[int], searcher.fast_field_values(field, addresses))


def _counted(searcher: Searcher, query: Query) -> tuple[dict[int, int], bool]:
    """The counts, and whether these are all."""
    terms = {"field": "tally", "size": BUCKETS, "segment_size": BUCKETS}
    answer = searcher.aggregate(query, {"tally": {"terms": terms}})["tally"]
    counts: dict[int, int] = {}
    for bucket in answer["buckets"]:
        tally = int(bucket["key"])
        if tally & 1:
            counts[tally >> 1] = bucket["doc_count"]
        else:
            counts.setdefault(tally >> 1, 0)
    return counts, not answer["sum_other_doc_count"]


def _parts(searcher: Searcher, query: Query) -> list[Query]:
    """The query by ranges of assets, each small enough for one aggregation."""
    [(last, _)] = searcher.search(
        Query.all_query(), limit=1, count=False, order_by_field="asset"
    ).hits
    size = BUCKETS // 2
    return [_between(query, first, first + size) for first in range(0, int(last) + 1, size)]


def _between(query: Query, first: int, after: int) -> Query:
    span = Query.range_query(SCHEMA, "asset", FieldType.Unsigned, first, after, include_upper=False)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, span)])
