"""The smallest of Tantivy's queries: one spelling in one field, one facet."""

from tantivy import Occur, Query, Searcher
from whoosh import query as whoosh_query

from app.backends.search.tantivy.schema import BOOSTS, SCHEMA, facet_term
from app.backends.search.tantivy.spellings import Spelling

_MOST_FACETS = 64


def scored(field: str, spelling: Spelling) -> Query:
    """BM25 in one field, times the field's boost and the spelling's worth."""
    return Query.boost_query(unscored(field, spelling), BOOSTS[field] * spelling.factor)


def unscored(field: str, spelling: Spelling) -> Query:
    """A term, or terms side by side; in the tags, which keep no positions, terms together."""
    terms = [Query.term_query(SCHEMA, field, term) for term in spelling.terms]
    if len(terms) == 1:
        return terms[0]
    if field == "tags":
        return Query.boolean_query([(Occur.Must, term) for term in terms])
    return Query.phrase_query(SCHEMA, field, list(spelling.terms))


def facet(leaf: whoosh_query.Query, searcher: Searcher) -> Query:
    """A facet's exact value, or those that begin so, at most 64; without a score."""
    term = facet_term(leaf.fieldname, leaf.text)
    found = Query.term_query(SCHEMA, "facet", term)
    if isinstance(leaf, whoosh_query.Prefix):
        beginning = searcher.terms_with_prefix("facet", term, limit=_MOST_FACETS)
        found = Query.term_set_query(SCHEMA, "facet", [term for term, _ in beginning])
    return Query.const_score_query(found, 0.0)
