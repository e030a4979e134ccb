"""Exact questions to a snapshot: what matches and how well, which assets, up to which change."""

import heapq
from collections import Counter

from app import bitmaps
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
    found: set[int] = set()
    ranked: list[tuple[float, int, int]] = []
    for part in snapshot.parts:
        matching = Matching(part, snapshot.statistics)
        documents = matching.documents(planned)
        assets, numbers = part.segment.assets, part.segment.pages
        pages.update(assets[document] for document in documents if numbers[document])
        found.update(assets[document] for document in documents)
        scores = matching.scores(planned, documents) if best > 0 else {}
        hits = ((-score, assets[document], numbers[document]) for document, score in scores.items())
        ranked += heapq.nsmallest(best, hits)
    first = [PageHit(asset, page, -low) for low, asset, page in heapq.nsmallest(best, ranked)]
    return Matches(
        bitmaps.of(found), first, lambda some: {one: pages[one] for one in some if one in pages}
    )


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
