"""One search: what matches in both indexes, and the best of it by what both say of it."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tantivy import Occur, Query

from app.backends.search.base import Matches, PageHit
from app.backends.search.plan import plan
from app.backends.search.tantivy.counting import (
    Hit,
    assets_of,
    best_pages,
    pages_by_asset,
    scored_assets,
)
from app.backends.search.tantivy.indexes import Searchers
from app.backends.search.tantivy.reading import Snapshot
from app.backends.search.tantivy.schema import COVERS, PAGES
from app.backends.search.tantivy.translation import Translation, one_of
from app.text.query import Query as Asked

# So many pages are sooner put in order here.
_LITTLE = 1_000
# Of more assets than these the words that they have themselves are not looked at for the order.
_MOST_SCORED = 20_000
# The best of them raise their pages by exactly what they score, the others by sixths of it; the
# rest is added afterwards.
_EXACT = 100
_STEPS = 6
# Tantivy's sums of the same parts differ after these, by the order in which they are added.
_DIGITS = 5


def search(snapshot: Snapshot, query: Asked, *, match_all: bool, best: int) -> Matches:
    """Everything that matches a query, and the best pages and own entries of it."""
    planned = plan(query.tree, snapshot.vocabulary, match_all=match_all)
    translation = Translation(planned, snapshot.searchers)
    covers = assets_of(snapshot.searchers.covers, translation.covers())
    everything = dict.fromkeys(covers, 0)
    if not planned.is_scored:
        return Matches(everything, _unscored(covers, best))
    pages = pages_by_asset(snapshot.searchers.pages, translation.pages())
    everything.update(pages)
    if best < 1:
        return Matches(everything, ())
    return Matches(everything, _Order(snapshot.searchers, translation).best(best, pages))


def best_hits(snapshot: Snapshot, query: Asked, most: int) -> list[PageHit]:
    """The best of what has all words, without a look at everything else that has."""
    planned = plan(query.tree, snapshot.vocabulary, match_all=True)
    translation = Translation(planned, snapshot.searchers)
    if not planned.is_scored:
        return _unscored(assets_of(snapshot.searchers.covers, translation.covers()), most)
    return _Order(snapshot.searchers, translation).best(most)


class _Order:
    """Puts what matches in order: the score of a page is its own and its asset's."""

    def __init__(self, searchers: Searchers, translation: Translation) -> None:
        self._searchers = searchers
        self._pages = translation.pages()
        self._covers = Query.const_score_query(translation.covers(), 0.0)
        self._bonuses = translation.bonuses()
        self._naming = translation.naming()

    def best(self, most: int, pages: Mapping[int, int] | None = None) -> list[PageHit]:
        """The best, equal scores by asset and page; `pages` are those that match, if known."""
        hits = [*self._best_pages(most, pages), *self._best_covers(most)]
        ranked = heapq.nsmallest(
            most, ((-round(score, _DIGITS), asset, page) for score, asset, page in hits)
        )
        return [PageHit(asset, page, -low) for low, asset, page in ranked]

    def _best_covers(self, most: int) -> Iterator[Hit]:
        found = scored_assets(self._searchers.covers, _raised(self._covers, [self._naming]), most)
        return ((score, asset, 0) for asset, score in found.items())

    def _best_pages(self, most: int, pages: Mapping[int, int] | None) -> Iterator[Hit]:
        many = sum(pages.values()) if pages is not None else most
        if many <= max(most, _LITTLE):
            hits = self._hits(max(1, many))
            if pages is not None or len(hits) < most:
                scores = self._scores_of({asset for _, asset, _ in hits})
                return _together(hits, scores)
        named = scored_assets(self._searchers.covers, self._naming, _MOST_SCORED)
        wanted = [pair for pair in named.items() if pages is None or pair[0] in pages]
        lifts, rest = _lifts(wanted)
        return _together(self._hits(most, lifts), rest)

    def _hits(self, most: int, lifts: Sequence[Query] = ()) -> list[Hit]:
        raised = _raised(self._pages, [*self._bonuses, *lifts])
        return best_pages(self._searchers.pages, raised, most)

    def _scores_of(self, assets: set[int]) -> Mapping[int, float]:
        if not assets:
            return {}
        these = _raised(one_of(COVERS, list(assets)), [self._naming])
        return scored_assets(self._searchers.covers, these, len(assets))


def _raised(query: Query, more: Sequence[Query]) -> Query:
    """The same matches with more to their scores."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, one) for one in more)])


def _together(hits: Iterable[Hit], scores: Mapping[int, float]) -> Iterator[Hit]:
    return ((score + scores.get(asset, 0.0), asset, page) for score, asset, page in hits)


def _lifts(scores: Sequence[tuple[int, float]]) -> tuple[list[Query], Mapping[int, float]]:
    """What raises pages by their assets' scores, and what is then to be added of these yet."""
    exact, others = scores[:_EXACT], scores[_EXACT:]
    lifts = [one_of(PAGES, [asset], score) for asset, score in exact]
    if not others:
        return lifts, {}
    height = others[0][1] / _STEPS
    steps: dict[int, list[int]] = {}
    rest: dict[int, float] = {}
    for asset, score in others:
        step = int(score / height)
        steps.setdefault(step, []).append(asset)
        rest[asset] = score - step * height
    lifts += [one_of(PAGES, assets, step * height) for step, assets in steps.items() if step]
    return lifts, rest


def _unscored(assets: Iterable[int], best: int) -> list[PageHit]:
    return [PageHit(asset, 0, 0.0) for asset in heapq.nsmallest(best, assets)]
