"""From words to assets in order: the engine's matches within the asker's set, ranked."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice

from app import bitmaps
from app.backends.search import registry
from app.backends.search.base import NOTHING, EngineUnavailable, Matches, PageHit, Why
from app.queries.catalogue import Catalogue
from app.queries.search.by_title import by_title
from app.queries.search.ranks import Ranks
from app.text.query import Query
from app.text.ranking import RERANKED

REBUILDING = (
    "The search index is being rebuilt. Until it is ready, only titles and summaries are "
    "searched; try again in a minute."
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Matching assets as bitmaps, and the best of them in order.

    `everything` matches, `chosen` is what of it the asker may see and asked for, and of these
    `complete` have all words of the query. `pages_matched` are of the first of the order.
    """

    matches: Matches
    everything: int
    chosen: int
    complete: int
    problem: str | None = None
    order: Sequence[PageHit] = field(default=())
    pages_matched: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_relaxed(self) -> bool:
        """Whether some have only some of the words."""
        return self.chosen != self.complete

    def counted(self, end: int) -> "Ranked":
        """With the number of pages that match of the first `end`; raises EngineUnavailable."""
        shown = {hit.asset_id for hit in self.order[:end]}
        return replace(self, pages_matched=self.matches.pages_of(shown))


@dataclass(frozen=True, slots=True)
class Matching:
    """A query to be matched within a set of assets, which `ranks` puts in order."""

    kept: Catalogue
    query: Query
    within: int
    ranks: Ranks

    def ranked(self, end: int, enough: int) -> Ranked:
        """What matches, with at least the first `end` in order, if there are so many.

        Where fewer than `enough` have all words, those with some of them follow.
        """
        try:
            if self.query.is_empty:
                return self._browsed(self.kept.all, self.within, end)
            found = self._matched(end)
            if self.query.is_divisible and found.chosen.bit_count() < enough:
                found = self._matched(end, complete=found.chosen)
            return found.counted(end)
        except EngineUnavailable as problem:
            if problem.why is Why.DAMAGED:
                registry.engine().suspect()
            return self._by_title(end)

    def first(self, end: int) -> Sequence[PageHit]:
        """The first `end` of what is `ranked` while somebody types; nothing more is counted.

        Where the best pages of all do not say it, as where the asker may see few of them, it is
        found out in full.
        """
        with suppress(EngineUnavailable):
            for match_all in self._ways():
                best = registry.engine().best(self.query, RERANKED, match_all=match_all)
                order = self._in_sight(best, self.within)
                is_all = len(best) < RERANKED
                if len(order) >= end or (order and is_all):
                    return self._reranked(list(order.values()), len(order))
                if not is_all:
                    break
        return self.ranked(end, enough=1).order

    def _ways(self) -> Sequence[bool]:
        """Whether all words must be there, way after way; none where there are no words."""
        if not self.query.words:
            return ()
        return (True, False) if self.query.is_divisible else (True,)

    def _in_sight(self, best: Sequence[PageHit], chosen: int) -> dict[int, PageHit]:
        """The best page of each asset of a set, in their order."""
        found: dict[int, PageHit] = {}
        for hit in best:
            if hit.asset_id not in found and bitmaps.has(chosen, hit.asset_id):
                found[hit.asset_id] = hit
        return found

    def _matched(self, end: int, complete: int | None = None) -> Ranked:
        """Ask the engine for ever more pages until enough of them are in the set.

        `complete` are the assets that have all words, where those with some are asked for too.
        """
        best, first = RERANKED, 0
        while True:
            matches = registry.engine().search(self.query, match_all=complete is None, best=best)
            everything = matches.assets & self.kept.all
            chosen = everything & self.within
            if not self.query.words:
                return replace(self._browsed(everything, chosen, end), matches=matches)
            order = self._in_sight(matches.best, chosen)
            first = first or len(order)
            if len(order) >= min(end, chosen.bit_count()) or len(matches.best) < best:
                self.ranks.set_apart(complete)
                hits = self._reranked(list(order.values()), first)
                whole = chosen if complete is None else complete
                return Ranked(matches, everything, chosen, whole, None, hits)
            best *= 4

    def _reranked(self, hits: Sequence[PageHit], first: int) -> list[PageHit]:
        """The first once more, by all factors; the order of the others is that of the text."""
        again = sorted(hits[:first], key=lambda hit: -hit.score * self.ranks.of(hit.asset_id))
        return [*again, *hits[first:]]

    def _by_title(self, end: int) -> Ranked:
        """A poorer search, by the database alone, while the index is not there."""
        everything = by_title(self.kept, self.query)
        found = self._browsed(everything, everything & self.within, end)
        return replace(found, problem=REBUILDING)

    def _browsed(self, everything: int, chosen: int, end: int) -> Ranked:
        """Without words the first alone: the last changed; from a deal, what fits it best."""
        ids: Iterable[int] = bitmaps.among(self.kept.newest, chosen)
        if self.ranks.has_context:
            ids = sorted(ids, key=self.ranks.of, reverse=True)
        return Ranked(NOTHING, everything, chosen, chosen, order=_unscored(islice(ids, end)))


def _unscored(asset_ids: Iterable[int]) -> list[PageHit]:
    return [PageHit(asset_id, 0, 0.0) for asset_id in asset_ids]
