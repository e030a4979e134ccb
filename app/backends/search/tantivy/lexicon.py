"""What Tantivy knows of words: how it splits them, and which of them are public."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Query, Schema, Searcher

from app.backends.search.fields import ASSET_FIELD, OWN_FIELDS, PUBLIC
from app.backends.search.tantivy import analysis
from app.backends.search.tantivy.indexes import Searchers
from app.backends.search.tantivy.schema import COVERS, PAGES

_FIELD = "public"


class TantivyLexicon:
    """The words of one snapshot."""

    def __init__(self, searchers: Searchers) -> None:
        self._searchers = searchers

    def stems(self, text: str) -> tuple[str, ...]:
        """The terms under which a text is found, in their order."""
        return analysis.stems(text)

    def plain_words(self, text: str) -> tuple[str, ...]:
        """The folded words of a text, not stemmed."""
        return analysis.plain_words(text)

    def most_frequent(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """Public words that begin so, with exact counts, the highest first, then by letters."""
        # Without a filter, words of assets that were taken out would be among them.
        return self._searchers.covers.terms_with_prefix(_FIELD, beginning, Query.all_query(), most)

    def of_letter(self, letter: str) -> Iterable[tuple[str, int]]:
        """Public words with this first letter; some may be of assets that were taken out."""
        return list(self._searchers.covers.terms_with_prefix(_FIELD, letter))

    def is_offered(self, word: str) -> bool:
        """Whether a public asset has this very word."""
        return _has(self._searchers.covers, Query.term_query(COVERS, _FIELD, word))

    def is_written(self, stem: str) -> bool:
        """Whether a public asset has a word with this stem, in any field."""
        return any(
            _has(searcher, _public(schema, fields, stem, mark))
            for searcher, schema, fields, mark in (
                (self._searchers.covers, COVERS, (ASSET_FIELD,), ("facet", PUBLIC)),
                (self._searchers.pages, PAGES, OWN_FIELDS, ("public", 1)),
            )
        )


def _public(schema: Schema, fields: Sequence[str], stem: str, mark: tuple[str, object]) -> Query:
    forms = [(Occur.Should, Query.term_query(schema, field, stem)) for field in fields]
    public = (Occur.Must, Query.term_query(schema, *mark))
    return Query.boolean_query([(Occur.Must, Query.boolean_query(forms)), public])


def _has(searcher: Searcher, query: Query) -> bool:
    return bool(searcher.search(query, limit=1, count=False).hits)
