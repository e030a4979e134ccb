"""The search itself: parse, find the set, rank, show."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from whoosh import query as whoosh_query

from app import bitmaps
from app.backends.search import registry
from app.backends.search.base import EngineUnavailable, PageHit
from app.inputs.listing import Search
from app.models.deal import Deal
from app.models.person import User
from app.queries import catalogue, deals, standing
from app.queries.catalogue import Catalogue
from app.queries.search import scope, showing
from app.queries.search.found import Found, Glance
from app.queries.search.matching import Matching, Ranked
from app.queries.search.ranks import Ranks
from app.text.query import Alike, Query, parse, wanted_leaves, widened
from app.text.ranking import ENOUGH

HALF_TYPED = re.compile(r"(?:^|\s)\w{2,}$")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search made ready: its query, the assets that it is about, and what ranks them."""

    query: Query
    kept: Catalogue
    in_sight: int
    filters: dict[str, int]
    ranks: Ranks
    deal: Deal | None

    @property
    def within(self) -> int:
        """What the asker may see and the filters leave."""
        chosen = self.in_sight
        for bits in self.filters.values():
            chosen &= bits
        return chosen


def search(actor: User, asked: Search, *, is_typing: bool = False) -> Found:
    """What this person may see of what matches, the best first.

    While somebody types, the last word is the beginning of one, and some of the words are enough
    only where nothing has all. Raises NotFound for a deal that the person may not see.
    """
    started = time.perf_counter()
    ready = _ready(actor, asked, is_typing=is_typing)
    kept, query = ready.kept, ready.query
    found, shown = _found(ready, asked, is_typing=is_typing)
    return Found(
        total=found.chosen.bit_count(),
        complete=found.complete.bit_count(),
        hits=showing.hits(kept, query, shown, found, ready.ranks),
        facets=scope.facets(kept, found.everything & ready.in_sight, ready.filters),
        is_relaxed=found.is_relaxed,
        problem=found.problem,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
        did_you_mean=None if is_typing else _did_you_mean(query),
        synonyms=query.synonyms,
        deal=ready.deal,
        says_nothing=bool(query.text) and query.says_nothing,
        notices=() if is_typing else query.notices,
    )


def glimpsed(actor: User, asked: Search) -> Sequence[Glance]:
    """The first hits while somebody types, without what makes a search of them."""
    ready = _ready(actor, asked, is_typing=True)
    order = _matching(ready).first(asked.limit)
    return showing.glances(ready.kept, order[: asked.limit])


def all_matching(actor: User, asked: Search) -> dict[int, int]:
    """Every asset that matches all of a search, with the number of its last change.

    Raises EngineUnavailable.
    """
    ready = _ready(actor, asked, is_typing=False)
    chosen = ready.within
    if not ready.query.is_empty:
        matches = registry.engine().search(ready.query, match_all=True, best=0)
        chosen &= matches.assets
    return {one: ready.kept.changed.get(one, 0) for one in bitmaps.members(chosen)}


def _found(ready: _Asked, asked: Search, *, is_typing: bool) -> tuple[Ranked, Sequence[PageHit]]:
    """What matches, and of it the hits that were asked for."""
    end = asked.offset + asked.limit
    enough = 1 if is_typing else ENOUGH
    found = _matching(ready).ranked(end, enough)
    return found, found.order[asked.offset : end]


def _matching(ready: _Asked) -> Matching:
    return Matching(ready.kept, ready.query, ready.within, ready.ranks)


def _ready(actor: User, asked: Search, *, is_typing: bool) -> _Asked:
    now = standing.current()
    text = f"{asked.q}*" if is_typing and HALF_TYPED.search(asked.q) else asked.q
    query = widened(parse(text), now.synonyms)
    kept = catalogue.current()
    deal = deals.get(actor, asked.deal) if asked.deal else None
    return _Asked(
        query=query,
        kept=kept,
        in_sight=kept.visible(actor) & scope.in_time(kept, query, asked),
        filters=scope.filters(kept, query, asked),
        ranks=Ranks(kept, now, deal),
        deal=deal,
    )


def _did_you_mean(query: Query) -> str | None:
    """The text with the words that no public piece has as they are probably meant."""
    text = query.text
    try:
        for word in _typed_words(query):
            if other := registry.engine().spelled(word):
                # What is put in has letters and digits alone.
                text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, text)
    except EngineUnavailable:
        return None
    return text if text != query.text else None


def _typed_words(query: Query) -> list[str]:
    """The words that may be slips: no beginnings, phrases, or words that were put in."""
    return [
        leaf.text
        for leaf in wanted_leaves(query.tree)
        if isinstance(leaf, whoosh_query.Term) and not isinstance(leaf, Alike)
    ]
