"""One search: what matches in both indexes, and the best of it by what both say of it."""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from operator import itemgetter

from tantivy import Occur, Query

from app import bitmaps
from app.backends.search.base import NOTHING, Matches, PageHit
from app.backends.search.plan import plan
from app.backends.search.tantivy.counting import (
    Hit,
    assets_of,
    best_pages,
    how_many,
    pages_by_asset,
    scored_assets,
)
from app.backends.search.tantivy.indexes import Searchers
from app.backends.search.tantivy.reading import Snapshot, damage_as_unavailable
from app.backends.search.tantivy.schema import COVERS, PAGES
from app.backends.search.tantivy.translation import Translation, one_of
from app.text.query import Query as Asked

# So many pages are sooner put in order here; where several words must be there, so many are
# sooner read than looked for twice.
_LITTLE = 1_000
_MOST_READ = 10_000
# Where one asset of so many is asked about, all are sooner scored than these picked out.
_MANY = 8
# Of more assets than these the words that they have themselves are not looked at for the order.
_MOST_SCORED = 20_000
# Assets raise their pages by steps of what they score; the rest of it is added to more pages than
# are wanted, so that none is left out for a step.
_STEPS = 8
_MORE = 100
# Tantivy's sums of the same parts differ after these, by the order in which they are added.
_DIGITS = 5


def search(snapshot: Snapshot, query: Asked, *, match_all: bool, best: int) -> Matches:
    """Everything that matches a query, and the best pages and own entries of it."""
    planned = plan(query.tree, snapshot.vocabulary, match_all=match_all)
    translation = Translation(planned, snapshot.searchers)
    covers = assets_of(snapshot.searchers.covers, translation.covers())
    if not planned.is_scored:
        return replace(NOTHING, assets=bitmaps.of(covers), best=_unscored(covers, best))
    order = _Order(snapshot.searchers, translation, _MOST_READ)
    own, pages = bitmaps.of(covers), order.found()
    return Matches(own | pages, order.best(best, pages, own) if best else (), order.pages_of)


def best_hits(snapshot: Snapshot, query: Asked, most: int, *, match_all: bool) -> list[PageHit]:
    """The best of what matches, without a look at everything else that does."""
    planned = plan(query.tree, snapshot.vocabulary, match_all=match_all)
    translation = Translation(planned, snapshot.searchers)
    if not planned.is_scored:
        return _unscored(assets_of(snapshot.searchers.covers, translation.covers()), most)
    return _Order(snapshot.searchers, translation, most).best(most)


class _Order:
    """Puts what matches in order: the score of a page is its own and its asset's."""

    def __init__(self, searchers: Searchers, translation: Translation, read_at_once: int) -> None:
        self._searchers = searchers
        self._translation = translation
        self._pages = translation.pages()
        self._covers = Query.const_score_query(translation.covers(), 0.0)
        self._bonuses = translation.bonuses()
        self._naming = translation.naming()
        self._named: Mapping[int, float] = {}
        self._few = self._read(read_at_once) if translation.is_narrow else None
        self._counts: Mapping[int, int] | None = None

    def found(self) -> int:
        """Find the assets of the pages that match; how many pages do is kept where it is seen."""
        if self._few is not None:
            self._counts = Counter(map(itemgetter(1), self._few))
        elif (holding := self._translation.holding()) is not None:
            return bitmaps.of(assets_of(self._searchers.covers, holding))
        else:
            self._counts = pages_by_asset(self._searchers.pages, self._pages)
        return bitmaps.of(self._counts)

    def pages_of(self, assets: Collection[int]) -> Mapping[int, int]:
        """How many pages of these assets match, if any do."""
        if self._counts is not None:
            return {one: self._counts[one] for one in assets if one in self._counts}
        these = one_of(PAGES, list(assets))
        with damage_as_unavailable():
            return pages_by_asset(self._searchers.pages, _both(self._pages, these))

    def best(
        self,
        most: int,
        pages: int | None = None,
        covers: int | None = None,
    ) -> list[PageHit]:
        """The best, equal scores by asset and page.

        `pages` and `covers` are the assets of which pages and the own entry match, where known.
        """
        hits, rest = self._best_pages(most, pages)
        found = [
            (-round(score + rest.get(asset, 0.0), _DIGITS), asset, page)
            for score, asset, page in hits
        ]
        own = self._best_covers(most, covers)
        found += [(-round(score, _DIGITS), asset, 0) for asset, score in own]
        return [PageHit(asset, page, -low) for low, asset, page in sorted(found)[:most]]

    def _read(self, most: int) -> list[Hit] | None:
        """All pages that match, if they are fewer than these."""
        found = self._hits(most)
        return found if len(found) < most else None

    def _best_pages(
        self, most: int, pages: int | None
    ) -> tuple[Sequence[Hit], Mapping[int, float]]:
        """The best with a score of their own or more, and what is to be added by their asset."""
        few = self._few
        if few is None and pages is not None and pages.bit_count() <= _LITTLE:
            many = how_many(self._searchers.pages, self._pages)
            few = self._hits(many) if many <= _LITTLE else None
        if few is not None:
            return few, self._scores_of({asset for _, asset, _ in few})
        self._named = scored_assets(self._searchers.covers, self._naming, _MOST_SCORED)
        lifted = self._named if pages is None else bitmaps.among(self._named, pages)
        lifts, rest = _lifts([(asset, self._named[asset]) for asset in lifted])
        return self._hits(most + _MORE, lifts), rest

    def _best_covers(self, most: int, covers: int | None) -> Sequence[tuple[int, float]]:
        """The own entries that score highest, the highest first."""
        if covers is not None:
            # Scored already, the highest first; only what a facet alone brings in has no score.
            first = list(islice(bitmaps.among(self._named, covers), most))
            if len(first) == min(most, covers.bit_count()):
                return [(asset, self._named[asset]) for asset in first]
        raised = _raised(self._covers, [self._naming])
        return list(scored_assets(self._searchers.covers, raised, most).items())

    def _hits(self, most: int, lifts: Sequence[Query] = ()) -> list[Hit]:
        if most < 1:
            return []
        raised = _raised(self._pages, [*self._bonuses, *lifts])
        return best_pages(self._searchers.pages, raised, most)

    def _scores_of(self, assets: set[int]) -> Mapping[int, float]:
        everything = self._searchers.covers.num_docs
        if len(assets) * _MANY > everything:
            return scored_assets(self._searchers.covers, self._naming, max(1, everything))
        these = _raised(one_of(COVERS, list(assets)), [self._naming])
        return scored_assets(self._searchers.covers, these, max(1, len(assets)))


def _both(one: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, one), (Occur.Must, other)])


def _raised(query: Query, more: Sequence[Query]) -> Query:
    """The same matches with more to their scores."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, one) for one in more)])


def _lifts(scores: Sequence[tuple[int, float]]) -> tuple[list[Query], Mapping[int, float]]:
    """What raises pages by their assets' scores, and what is then to be added of these yet."""
    if not scores:
        return [], {}
    height = scores[0][1] / _STEPS
    steps: dict[int, list[int]] = {}
    rest: dict[int, float] = {}
    for asset, score in scores:
        step = int(score / height)
        steps.setdefault(step, []).append(asset)
        rest[asset] = score - step * height
    lifts = [one_of(PAGES, assets, step * height) for step, assets in steps.items() if step]
    return lifts, rest


def _unscored(assets: Iterable[int], best: int) -> list[PageHit]:
    return [PageHit(asset, 0, 0.0) for asset in heapq.nsmallest(best, assets)]
