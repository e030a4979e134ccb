"""What Whoosh's files know of words: which of them are public, and how frequent."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence

from app.backends.search.fields import ALL_FIELDS, PUBLIC
from app.backends.search.whoosh import analysis
from app.backends.search.whoosh.segments import Part

_FIELD = "public"


class WhooshLexicon:
    """The words of one snapshot."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    def stems(self, text: str) -> tuple[str, ...]:
        """The terms under which a text is found, in their order."""
        return analysis.stems(text)

    def plain_words(self, text: str) -> tuple[str, ...]:
        """The folded words of a text, not stemmed."""
        return analysis.plain_words(text)

    def most_frequent(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """Public words that begin so, with exact counts, the highest first, then by letters."""
        found: list[tuple[int, str]] = []
        for word, ceiling in terms(self._parts, _FIELD, beginning):
            if len(found) == most and -found[-1][0] > ceiling:
                break
            if count := self._count(word):
                found = heapq.nsmallest(most, [*found, (-count, word)])
        return [(word, -count) for count, word in found]

    def of_letter(self, letter: str) -> Iterable[tuple[str, int]]:
        """Public words with this first letter; some may be of assets that were taken out."""
        return terms(self._parts, _FIELD, letter)

    def is_offered(self, word: str) -> bool:
        """Whether a public asset has this very word."""
        return bool(self._count(word))

    def is_written(self, stem: str) -> bool:
        """Whether a public asset has a word with this stem, in any field."""
        return any(_is_written(part, stem) for part in self._parts)

    def _count(self, word: str) -> int:
        return sum(part.lives(_FIELD, word) for part in self._parts)


def terms(parts: Sequence[Part], name: str, beginning: str) -> list[tuple[str, int]]:
    """The terms that begin so, the most frequent first; what was taken out still counts."""
    counts: Counter[str] = Counter()
    for part in parts:
        for term, count in part.segment.terms(name, beginning):
            counts[term] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _is_written(part: Part, stem: str) -> bool:
    written = {
        document for name in ALL_FIELDS for document in part.segment.postings(name, stem).documents
    }
    living = written - part.gone
    return bool(living) and not living.isdisjoint(part.segment.postings("facet", PUBLIC).documents)
