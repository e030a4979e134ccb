"""From the query tree to Tantivy's queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import Occur, Query, Searcher
from whoosh import query as whoosh_query

from app.backends.search.tantivy.counting import pages_by_asset
from app.backends.search.tantivy.leaves import facet, scored, unscored
from app.backends.search.tantivy.schema import ASSET_FIELD, BONUS_FIELDS, OWN_FIELDS, SCHEMA
from app.backends.search.tantivy.spellings import Spellings
from app.backends.search.tantivy.vocabulary import Vocabulary
from app.text.query import Together, wanted_leaves

ALL_FIELDS = (*OWN_FIELDS, ASSET_FIELD)

Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Translated:
    """The same matches twice: `counted` without scores, and `ranked` with them.

    Facets and exclusions alone give no scores.
    """

    counted: Query
    ranked: Query
    is_scored: bool


def translate(
    tree: whoosh_query.Query, searcher: Searcher, vocabulary: Vocabulary, *, match_all: bool
) -> Translated:
    """Match pages by their own words and their asset's, and assets (page 0) by their own alone."""
    translation = _Translation(searcher, Spellings(tree, vocabulary), match_all=match_all)
    wanted = wanted_leaves(tree)
    if not wanted:
        matched = _both(translation.node(tree, ALL_FIELDS), _page_zero())
        return Translated(matched, matched, is_scored=False)
    by_asset_alone = translation.by_the_asset_alone(tree, wanted)
    rest = [(Occur.MustNot, by_asset_alone)]
    counted = [(Occur.Must, translation.node(tree, ALL_FIELDS)), *rest]
    translation.is_scored = True
    ranked = [(Occur.Must, translation.node(tree, ALL_FIELDS)), *rest]
    ranked += [(Occur.Should, translation.leaf(leaf, BONUS_FIELDS)) for leaf in wanted]
    return Translated(Query.boolean_query(counted), Query.boolean_query(ranked), is_scored=True)


class _Translation:
    """One tree over one snapshot; what is looked up is looked up once."""

    def __init__(self, searcher: Searcher, spellings: Spellings, *, match_all: bool) -> None:
        self.is_scored = False
        self._searcher = searcher
        self._spellings = spellings
        self._match_all = match_all
        self._exclusions: dict[int, list[Clause]] = {}

    def by_the_asset_alone(
        self, tree: whoosh_query.Query, wanted: Sequence[whoosh_query.Query]
    ) -> Query:
        """Pages that match without a word of their own: their asset's page 0 stands for them."""
        own = [(Occur.MustNot, self.leaf(leaf, OWN_FIELDS)) for leaf in wanted]
        alone = (Occur.Must, self.node(tree, (ASSET_FIELD,)))
        return Query.boolean_query([alone, (Occur.MustNot, _page_zero()), *own])

    def node(self, node: whoosh_query.Query, fields: Sequence[str]) -> Query:
        """Any node of the tree, its wanted words in any of these fields."""
        if isinstance(node, whoosh_query.Not):
            return Query.boolean_query([(Occur.Must, Query.all_query()), *self._exclusion(node)])
        if isinstance(node, whoosh_query.Or):
            return _any([self.node(child, fields) for child in node.subqueries])
        if isinstance(node, whoosh_query.And):
            return self._all(node, fields)
        if wanted_leaves(node):
            return self.leaf(node, fields)
        return facet(node, self._searcher)

    def leaf(self, leaf: whoosh_query.Query, fields: Sequence[str]) -> Query:
        """A word, phrase or prefix in any of these fields; one for titles in titles alone."""
        if leaf.fieldname == "title":
            fields = () if fields == OWN_FIELDS else ("title",)
        found = self._spellings.of(leaf)
        if self.is_scored:
            return _any([scored(field, spelling) for field in fields for spelling in found])
        return _any([unscored(field, spelling) for field in fields for spelling in found])

    def _all(self, node: whoosh_query.And, fields: Sequence[str]) -> Query:
        clauses: list[Clause] = []
        relaxed: list[Query] = []
        for child in node.subqueries:
            if isinstance(child, whoosh_query.Not):
                clauses += self._exclusion(child)
            elif self._may_be_missing(node, child):
                relaxed.append(self.node(child, fields))
            else:
                clauses.append((Occur.Must, self.node(child, fields)))
        if relaxed:
            clauses.append((Occur.Must, _any(relaxed, at_least=_half(len(relaxed)))))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, Query.all_query()))
        return Query.boolean_query(clauses)

    def _may_be_missing(self, node: whoosh_query.And, child: whoosh_query.Query) -> bool:
        return not self._match_all and isinstance(node, Together) and bool(wanted_leaves(child))

    def _exclusion(self, node: whoosh_query.Not) -> list[Clause]:
        """Leave out the pages that have it, and page 0 of an asset any page of which has it."""
        if id(node) not in self._exclusions:
            strict = _Translation(self._searcher, self._spellings, match_all=True)
            excluded = strict.node(node.query, ALL_FIELDS)
            ids = list(pages_by_asset(self._searcher, excluded))
            whole = Query.term_set_query(SCHEMA, "cover", ids)
            self._exclusions[id(node)] = [(Occur.MustNot, excluded), (Occur.MustNot, whole)]
        return self._exclusions[id(node)]


def _half(count: int) -> int:
    return 1 if count < 3 else (count + 1) // 2


def _any(queries: Sequence[Query], at_least: int = 1) -> Query:
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries], at_least)


def _both(one: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, one), (Occur.Must, other)])


def _page_zero() -> Query:
    return Query.const_score_query(Query.term_query(SCHEMA, "page", 0), 0.0)
