"""The words of public assets, read from the index itself, so that they are never behind it."""

from functools import lru_cache

from tantivy import Occur, Query, Searcher

from app.backends.search.tantivy.analysis import stems
from app.backends.search.tantivy.schema import ASSET_FIELD, OWN_FIELDS, PUBLIC, SCHEMA
from app.text.spelling import nearest

MOST = 64
_FIELD = "public"


class Vocabulary:
    """The public words of one snapshot, with the number of assets that have them."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.starting_with = lru_cache(maxsize=256)(self._starting_with)
        self.resembling = lru_cache(maxsize=256)(self._resembling)
        self._of_letter = lru_cache(maxsize=4)(self._all_of_letter)

    def knows(self, word: str) -> bool:
        """Whether a public asset has this folded word, in any inflection."""
        if self._is_alive(word):
            return True
        fields = (*OWN_FIELDS, ASSET_FIELD)
        forms = [
            (Occur.Should, Query.term_query(SCHEMA, field, stem))
            for field in fields
            for stem in stems(word)
        ]
        public = (Occur.Must, Query.term_query(SCHEMA, "facet", PUBLIC))
        found = Query.boolean_query([(Occur.Must, Query.boolean_query(forms)), public])
        return self._matches(found)

    def _starting_with(self, beginning: str) -> tuple[str, ...]:
        """The most frequent words with a folded beginning, at most 64."""
        # Without a filter, words of assets that were taken out would be among them.
        alive = Query.all_query()
        found = self._searcher.terms_with_prefix(_FIELD, beginning, alive, MOST)
        return tuple(word for word, count in found if count)

    def _resembling(self, word: str) -> tuple[str, ...]:
        """What a folded word with a slip may stand for, nearest first, at most 64."""
        found = nearest(word, self._of_letter(word[0]), MOST)
        return tuple(other for other in found if self._is_alive(other))

    def _all_of_letter(self, letter: str) -> list[tuple[str, int]]:
        return list(self._searcher.terms_with_prefix(_FIELD, letter))

    def _is_alive(self, word: str) -> bool:
        return self._matches(Query.term_query(SCHEMA, _FIELD, word))

    def _matches(self, query: Query) -> bool:
        return bool(self._searcher.search(query, limit=1, count=False).hits)
