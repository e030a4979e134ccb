"""Exact questions to a snapshot: what matches and how well, which assets, up to which change."""

import heapq
from collections import Counter

from app.backends.search.base import Matches, PageHit
from app.backends.search.plan import plan
from app.backends.search.whoosh.matching import Matching
from app.backends.search.whoosh.reading import Snapshot
from app.backends.search.whoosh.schema import POSITION
from app.text.query import Query


def search(snapshot: Snapshot, query: Query, *, match_all: bool, best: int) -> Matches:
    """Everything that matches a query."""
    planned = plan(query.tree, snapshot.vocabulary, match_all=match_all)
    pages: Counter[int] = Counter()
    ranked: list[tuple[float, int, int]] = []
    for part in snapshot.parts:
        matching = Matching(part, snapshot.statistics)
        documents = matching.documents(planned)
        assets, numbers = part.segment.assets, part.segment.pages
        pages.update(assets[document] for document in documents if numbers[document])
        for asset in {assets[document] for document in documents}:
            pages.setdefault(asset, 0)
        scores = matching.scores(planned, documents) if best > 0 else {}
        hits = ((-score, assets[found], numbers[found]) for found, score in scores.items())
        ranked += heapq.nsmallest(best, hits)
    hits_in_order = heapq.nsmallest(best, ranked)
    return Matches(dict(pages), [PageHit(asset, page, -low) for low, asset, page in hits_in_order])


def all_assets(snapshot: Snapshot) -> frozenset[int]:
    """Every asset in the index."""
    return frozenset(
        asset
        for part in snapshot.parts
        for asset, document in part.segment.page_zero.items()
        if document not in part.gone
    )


def position(snapshot: Snapshot) -> int:
    """The number that the last commit wrote; raises ValueError if it wrote none."""
    numbers = [
        part.segment.assets[document]
        for part in snapshot.parts
        for document, page in enumerate(part.segment.pages)
        if page == POSITION and document not in part.gone
    ]
    if len(numbers) != 1:
        raise ValueError("it does not say up to which change it goes")
    return numbers[0]
