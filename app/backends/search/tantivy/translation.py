"""From the plan to Tantivy's queries."""

from collections.abc import Iterator, Sequence

from tantivy import Occur, Query, Searcher

from app.backends.search.fields import BOOSTS, UNPLACED_FIELDS
from app.backends.search.plan import (
    MOST_FACETS,
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
from app.backends.search.spellings import Spelling
from app.backends.search.tantivy.counting import pages_by_asset
from app.backends.search.tantivy.schema import SCHEMA


class Translation:
    """One plan over one snapshot; what is looked up is looked up once."""

    def __init__(self, plan: Plan, searcher: Searcher) -> None:
        self._plan = plan
        self._searcher = searcher
        self._covers: dict[int, Query] = {}

    @property
    def is_scored(self) -> bool:
        """Whether there is anything to rank by."""
        return self._plan.is_scored

    def counted(self) -> Query:
        """What matches, without scores."""
        return self._node(self._plan.matching, is_scored=False)

    def ranked(self) -> Query:
        """The same matches with their scores."""
        matching = (Occur.Must, self._node(self._plan.matching, is_scored=True))
        bonuses = [(Occur.Should, self._node(x, is_scored=True)) for x in self._plan.bonuses]
        return Query.boolean_query([matching, *bonuses])

    def _node(self, node: Node, *, is_scored: bool) -> Query:
        if isinstance(node, Words):
            return _any(list(_words(node, is_scored=is_scored)))
        if isinstance(node, Any):
            parts = [self._node(part, is_scored=is_scored) for part in node.parts]
            return _any(parts, node.at_least)
        if isinstance(node, All):
            return self._all(node, is_scored=is_scored)
        return self._unscored(node)

    def _all(self, node: All, *, is_scored: bool) -> Query:
        clauses = [
            (Occur.MustNot, self._node(part.part, is_scored=False))
            if isinstance(part, Not)
            else (Occur.Must, self._node(part, is_scored=is_scored))
            for part in node.parts
        ]
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        return Query.boolean_query(clauses)

    def _unscored(self, node: Facet | PageZero | PageZeroOf) -> Query:
        if isinstance(node, Facet):
            found = self._facet(node)
        elif isinstance(node, PageZero):
            found = Query.term_query(SCHEMA, "page", 0)
        else:
            found = self._cover(node)
        return Query.const_score_query(found, 0.0)

    def _facet(self, node: Facet) -> Query:
        if not node.is_beginning:
            return Query.term_query(SCHEMA, "facet", node.term)
        beginning = self._searcher.terms_with_prefix("facet", node.term, limit=MOST_FACETS)
        return Query.term_set_query(SCHEMA, "facet", [term for term, _ in beginning])

    def _cover(self, node: PageZeroOf) -> Query:
        if id(node) not in self._covers:
            excluded = self._node(node.part, is_scored=False)
            ids = list(pages_by_asset(self._searcher, excluded))
            self._covers[id(node)] = Query.term_set_query(SCHEMA, "cover", ids)
        return self._covers[id(node)]


def _words(node: Words, *, is_scored: bool) -> Iterator[Query]:
    """BM25 in each field, times the field's boost and the spelling's worth."""
    for field in node.fields:
        for spelling in node.spellings:
            found = _spelled(field, spelling)
            boost = BOOSTS[field] * spelling.factor
            yield Query.boost_query(found, boost) if is_scored else found


def _spelled(field: str, spelling: Spelling) -> Query:
    """A term, or terms side by side; terms together where there are no positions."""
    if len(spelling.terms) == 1:
        return Query.term_query(SCHEMA, field, spelling.terms[0])
    if field in UNPLACED_FIELDS:
        terms = [Query.term_query(SCHEMA, field, term) for term in spelling.terms]
        return Query.boolean_query([(Occur.Must, term) for term in terms])
    return Query.phrase_query(SCHEMA, field, list(spelling.terms))


def _any(queries: Sequence[Query], at_least: int = 1) -> Query:
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries], at_least)
