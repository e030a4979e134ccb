"""Suggestions while somebody types: searches that succeeded before, assets, pages, words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.inputs.listing import Search
from app.models.person import User
from app.queries import search, search_log
from app.queries.cards import AssetCard
from app.queries.search import Glance
from app.text.words import fold

QUERIES, PIECES, WORDS = 3, 6, 2
HALF = 3
"""A last word of so many letters is completed."""
RECENT = 6
LONGEST = 120


class SuggestionKind(StrEnum):
    """What a suggestion leads to."""

    ASSET = "asset"
    PAGE = "page"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion; a query has no asset, and only a page has a page."""

    text: str
    kind: SuggestionKind
    asset: AssetCard | None = None
    page: int | None = None


def suggest(actor: User, text: str) -> Sequence[Suggestion]:
    """What may be meant by what was typed so far; without text, the person's last searches."""
    typed = text.strip()[:LONGEST]
    if not typed:
        return [_query(one) for one in search_log.recent(actor, RECENT)]
    queries = search_log.that_succeeded(actor, typed, QUERIES)
    found = search.glimpsed(actor, Search(q=typed, limit=PIECES))
    pieces = [one for hit in found for one in _of_hit(hit, typed)]
    words = [one for one in _completed(typed) if one not in {fold(query) for query in queries}]
    return [*map(_query, queries), *pieces, *map(_query, words)]


def _completed(typed: str) -> Sequence[str]:
    """The text with its last word as published pieces have it, the most frequent first."""
    *before, last = typed.split(" ")
    if len(last) < HALF:
        return []
    try:
        words = registry.engine().completions(last, WORDS + 1)
    except EngineUnavailable:
        return []
    return [" ".join([*before, word]) for word in words if word != fold(last)][:WORDS]


def _query(text: str) -> Suggestion:
    return Suggestion(text, SuggestionKind.QUERY)


def _of_hit(hit: Glance, typed: str) -> Iterator[Suggestion]:
    """The asset where its title or nothing else says why it is here; the page where that does."""
    if hit.page is None or _has_any(hit.asset.title, typed):
        yield Suggestion(hit.asset.title, SuggestionKind.ASSET, hit.asset)
    else:
        named = hit.page_title or f"Page {hit.page}"
        yield Suggestion(named, SuggestionKind.PAGE, hit.asset, hit.page)


def _has_any(title: str, typed: str) -> bool:
    begun = re.findall(r"\w+", fold(typed))
    words = re.findall(r"\w+", fold(title))
    return any(word.startswith(beginning) for beginning in begun for word in words)
