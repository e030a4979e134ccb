"""From words to assets in order: the engine's matches within the asker's set, ranked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import func, or_, select, true

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable, Matches, PageHit, Why
from app.db import session
from app.models.asset import Asset
from app.queries.catalogue import Catalogue
from app.queries.search.ranks import Ranks
from app.text.query import Query
from app.text.ranking import RERANKED

REBUILDING = (
    "The search index is being made anew. Until it is ready, only titles and summaries are "
    "searched; try again in a minute."
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Matching assets as bitmaps (all of them, and those in the asker's set), the best in order."""

    matches: Matches
    everything: int
    chosen: int
    is_relaxed: bool = False
    problem: str | None = None
    order: Sequence[PageHit] = field(default=())


def ranked(kept: Catalogue, query: Query, within: int, ranks: Ranks, end: int) -> Ranked:
    """What matches within a set, with at least the first `end` in order, if there are so many."""
    try:
        if query.is_empty:
            return _browsed(kept, kept.all(), within, ranks)
        found = _matched(kept, query, within, ranks, end, match_all=True)
        if not found.chosen and len(query.words) > 1:
            return _matched(kept, query, within, ranks, end, match_all=False)
        return found
    except EngineUnavailable as problem:
        if problem.why is Why.DAMAGED:
            registry.engine().suspect()
        return _by_title(kept, query, within)


def _matched(
    kept: Catalogue, query: Query, within: int, ranks: Ranks, end: int, *, match_all: bool
) -> Ranked:
    """Ask the engine for ever more pages until enough of them are in the set."""
    best, order, first = RERANKED, dict[int, PageHit](), 0
    while True:
        matches = registry.engine().search(query, match_all=match_all, best=best)
        everything = kept.of(matches.pages_by_asset)
        chosen = everything & within
        if not query.words:
            return replace(_browsed(kept, everything, chosen, ranks), matches=matches)
        for hit in matches.best:
            if hit.asset_id not in order and kept.has(chosen, hit.asset_id):
                order[hit.asset_id] = hit
        first = first or len(order)
        if len(order) >= min(end, chosen.bit_count()) or len(matches.best) < best:
            hits = _reranked(list(order.values()), first, ranks)
            return Ranked(matches, everything, chosen, not match_all, None, hits)
        best *= 4


def _reranked(hits: Sequence[PageHit], first: int, ranks: Ranks) -> list[PageHit]:
    """The first once more, by all factors; the order of the others is that of the text."""
    again = sorted(hits[:first], key=lambda hit: -hit.score * ranks.of(hit.asset_id))
    return [*again, *hits[first:]]


def _browsed(kept: Catalogue, everything: int, chosen: int, ranks: Ranks) -> Ranked:
    """Without words: the last changed first; from a deal, what fits it best first."""

    def place(asset_id: int) -> tuple[float, object, int]:
        fit = ranks.of(asset_id) if ranks.has_context else 1.0
        return fit, kept.updated[asset_id], asset_id

    ids = sorted(kept.members(chosen), key=place, reverse=True)
    return Ranked(Matches({}, ()), everything, chosen, order=_unscored(ids))


def _by_title(kept: Catalogue, query: Query, within: int) -> Ranked:
    """A poorer search, by the database alone, while the index is not there."""
    like = [
        func.lower(Asset.title + " " + Asset.summary).contains(word.lower(), autoescape=True)
        for word in query.words
    ]
    found = session.scalars(select(Asset.id).where(or_(*like) if like else true()))
    everything = kept.of(found)
    chosen = everything & within
    order = _unscored(kept.members(chosen))
    return Ranked(Matches({}, ()), everything, chosen, False, REBUILDING, order)


def _unscored(asset_ids: Iterable[int]) -> list[PageHit]:
    return [PageHit(asset_id, 0, 0.0) for asset_id in asset_ids]
