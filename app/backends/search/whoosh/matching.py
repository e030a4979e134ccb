"""Which documents of one segment match a plan, and their scores."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from app.backends.search.fields import ASSET_FIELDS, BOOSTS, UNPLACED_FIELDS
from app.backends.search.plan import (
    All,
    Any,
    Facet,
    Node,
    Not,
    PageZero,
    PageZeroOf,
    Plan,
    Words,
)
from app.backends.search.whoosh.codec import Postings, unpack_places
from app.backends.search.whoosh.segments import Part
from app.backends.search.whoosh.statistics import Statistics

Scores = dict[int, float]
# Documents with how often each has a term, or terms side by side.
Hits = Mapping[int, float]


class Matching:
    """One plan over one part of a snapshot; whatever is read or decided is so once."""

    def __init__(self, part: Part, statistics: Statistics) -> None:
        self._part = part
        self._statistics = statistics
        self._postings: dict[tuple[str, str], Postings] = {}
        self._hits: dict[tuple[str, tuple[str, ...]], Hits] = {}
        self._decided: dict[int, Set[int]] = {}

    def documents(self, plan: Plan) -> Set[int]:
        """Everything that matches."""
        return self._documents(plan.matching) - self._part.gone

    def scores(self, plan: Plan, documents: Set[int]) -> Scores:
        """The scores of documents that match."""
        scores = dict.fromkeys(documents, 0.0)
        if plan.is_scored:
            self._score(plan.matching, documents, scores)
            for bonus in plan.bonuses:
                self._score(bonus, documents & self._documents(bonus), scores)
        return scores

    def _documents(self, node: Node) -> Set[int]:
        # By identity: the plan lives as long as this does.
        if id(node) not in self._decided:
            self._decided[id(node)] = self._found(node)
        return self._decided[id(node)]

    def _found(self, node: Node) -> Set[int]:
        if isinstance(node, Words):
            found = (self._hits_of(*spelled).keys() for spelled, _ in _spelled(node))
            return set().union(*found)
        if isinstance(node, All):
            return self._all(node)
        if isinstance(node, Any):
            return self._any(node)
        if isinstance(node, Facet):
            return self._facet(node)
        if isinstance(node, PageZero):
            return set(self._part.segment.page_zero.values())
        return self._page_zero_of(node)

    def _all(self, node: All) -> Set[int]:
        wanted = [self._documents(part) for part in node.parts if not isinstance(part, Not)]
        found = _common(wanted) if wanted else self._part.everything()
        for part in node.parts:
            if found and isinstance(part, Not):
                found = found - self._documents(part.part)
        return found

    def _any(self, node: Any) -> Set[int]:
        parts = [self._documents(part) for part in node.parts]
        if node.at_least == 1:
            return set().union(*parts)
        counts = Counter(document for part in parts for document in part)
        return {document for document, count in counts.items() if count >= node.at_least}

    def _facet(self, node: Facet) -> Set[int]:
        terms = self._statistics.facets(node.term) if node.is_beginning else (node.term,)
        found = (self._part.segment.postings("facet", term).documents for term in terms)
        return set().union(*map(self._part.segment.entries, set().union(*found)))

    def _page_zero_of(self, node: PageZeroOf) -> Set[int]:
        segment = self._part.segment
        found = self._documents(node.part) - self._part.gone
        assets = {segment.assets[document] for document in found}
        return {segment.page_zero[asset] for asset in assets}

    def _score(self, node: Node, documents: Set[int], scores: Scores) -> None:
        """Add what a node is worth to documents that match it."""
        if isinstance(node, Words):
            self._score_words(node, documents, scores)
        elif isinstance(node, All):
            for part in node.parts:
                if not isinstance(part, Not):
                    self._score(part, documents, scores)
        elif isinstance(node, Any):
            for part in node.parts:
                self._score(part, documents & self._documents(part), scores)

    def _score_words(self, node: Words, documents: Set[int], scores: Scores) -> None:
        for (name, terms), boost in _spelled(node):
            hits = self._hits_of(name, terms)
            if not hits:
                continue
            if name in UNPLACED_FIELDS and len(terms) > 1:
                together = documents & hits.keys()
                for term in terms:
                    self._add(name, (term,), boost, together, scores)
            else:
                self._add(name, terms, boost, documents, scores)

    def _add(
        self, name: str, terms: tuple[str, ...], boost: float, documents: Set[int], scores: Scores
    ) -> None:
        """BM25 of terms in one field."""
        worth = boost * self._statistics.worth(name, terms)
        norms = self._statistics.norms(name)
        lengths = self._part.segment.lengths[name]
        hits = self._hits_of(name, terms)
        for document in documents & hits.keys():
            frequency = hits[document]
            scores[document] += worth * frequency / (frequency + norms[lengths[document]])

    def _hits_of(self, name: str, terms: tuple[str, ...]) -> Hits:
        key = (name, terms)
        if key not in self._hits:
            found = self._looked_up(name, terms)
            self._hits[key] = self._spread(found) if name in ASSET_FIELDS else found
        return self._hits[key]

    def _spread(self, covers: Hits) -> Hits:
        """What the assets' own entries have, as had by their pages too."""
        entries = self._part.segment.entries
        return {document: hits for cover, hits in covers.items() for document in entries(cover)}

    def _looked_up(self, name: str, terms: tuple[str, ...]) -> Hits:
        if len(terms) == 1:
            found = self._read(name, terms[0])
            return dict(zip(found.documents, found.frequencies, strict=True))
        if any(not self._part.segment.frequency(name, term) for term in terms):
            return {}
        if name in UNPLACED_FIELDS:
            together = _common([self._looked_up(name, (term,)).keys() for term in terms])
            return dict.fromkeys(together, 1.0)
        return _side_by_side([self._read(name, term) for term in terms])

    def _read(self, name: str, term: str) -> Postings:
        key = (name, term)
        if key not in self._postings:
            self._postings[key] = self._part.segment.postings(name, term)
        return self._postings[key]


def _spelled(node: Words) -> Iterator[tuple[tuple[str, tuple[str, ...]], float]]:
    """Each spelling in each field, and what a hit's score is multiplied by."""
    for name in node.fields:
        for spelling in node.spellings:
            yield (name, spelling.terms), BOOSTS[name] * spelling.factor


def _common(sets: Sequence[Set[int]]) -> Set[int]:
    found, *rest = sorted(sets, key=len)
    for other in rest:
        found = found & other
    return found


def _side_by_side(words: Sequence[Postings]) -> Hits:
    """Documents with the words in their order, and how often."""
    places = [dict(zip(word.documents, word.places, strict=True)) for word in words]
    counts = {
        document: _runs([unpack_places(place[document] or b"") for place in places])
        for document in _common([place.keys() for place in places])
    }
    return {document: float(count) for document, count in counts.items() if count}


def _runs(places: Sequence[Sequence[int]]) -> int:
    """How many places have each word at its distance from the first."""
    starts = set(places[0])
    for distance, word in enumerate(places[1:], start=1):
        starts &= {place - distance for place in word}
    return len(starts)
