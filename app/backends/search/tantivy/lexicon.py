"""What Tantivy knows of words: how it splits them, and which of them are public."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Query, Searcher

from app.backends.search.fields import ALL_FIELDS, PUBLIC
from app.backends.search.tantivy import analysis
from app.backends.search.tantivy.schema import SCHEMA

_FIELD = "public"


class TantivyLexicon:
    """The words of one snapshot."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def stems(self, text: str) -> tuple[str, ...]:
        """The terms under which a text is found, in their order."""
        return analysis.stems(text)

    def plain_words(self, text: str) -> tuple[str, ...]:
        """The folded words of a text, not stemmed."""
        return analysis.plain_words(text)

    def most_frequent(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        """Public words that begin so, with exact counts, the highest first, then by letters."""
        # Without a filter, words of assets that were taken out would be among them.
        return self._searcher.terms_with_prefix(_FIELD, beginning, Query.all_query(), most)

    def of_letter(self, letter: str) -> Iterable[tuple[str, int]]:
        """Public words with this first letter; some may be of assets that were taken out."""
        return list(self._searcher.terms_with_prefix(_FIELD, letter))

    def is_offered(self, word: str) -> bool:
        """Whether a public asset has this very word."""
        return self._matches(Query.term_query(SCHEMA, _FIELD, word))

    def is_written(self, stem: str) -> bool:
        """Whether a public asset has a word with this stem, in any field."""
        forms = [(Occur.Should, Query.term_query(SCHEMA, field, stem)) for field in ALL_FIELDS]
        public = (Occur.Must, Query.term_query(SCHEMA, "facet", PUBLIC))
        return self._matches(
            Query.boolean_query([(Occur.Must, Query.boolean_query(forms)), public])
        )

    def _matches(self, query: Query) -> bool:
        return bool(self._searcher.search(query, limit=1, count=False).hits)
