"""What scores need to know of a whole snapshot: how rare terms are and how long fields."""

from collections.abc import Sequence

from app.backends.search.fields import ASSET_FIELDS
from app.backends.search.plan import MOST_FACETS
from app.backends.search.whoosh.lexicon import terms
from app.backends.search.whoosh.schema import TEXT_FIELDS
from app.backends.search.whoosh.scoring import norms, worth
from app.backends.search.whoosh.segments import Part


class Statistics:
    """Over all parts; like Tantivy, with what was taken out and not merged away yet."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        # Like Tantivy, the assets' words among their own entries, the pages' among all; the entry
        # of the position counts for a little.
        everything = sum(part.segment.size for part in parts)
        own = everything - sum(part.segment.page_count for part in parts)
        self._documents = {
            name: own if name in ASSET_FIELDS else everything for name in TEXT_FIELDS
        }
        self._norms = {name: norms(self._average(name)) for name in TEXT_FIELDS}

    def norms(self, name: str) -> list[float]:
        """What a field's length takes off a score, by the length's byte."""
        return self._norms[name]

    def worth(self, name: str, terms: Sequence[str]) -> float:
        """What a hit of these terms is worth at most."""
        return worth([self._frequency(name, term) for term in terms], self._documents[name])

    def facets(self, beginning: str) -> list[str]:
        """The most frequent facets that begin so."""
        return [term for term, _ in terms(self._parts, "facet", beginning)[:MOST_FACETS]]

    def _frequency(self, name: str, term: str) -> int:
        return sum(part.segment.frequency(name, term) for part in self._parts)

    def _average(self, name: str) -> float:
        total = sum(part.segment.totals[name] for part in self._parts)
        return total / max(1, self._documents[name])
