"""The words of public assets, read from the index itself, so that they are never behind it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from tantivy import Occur, Query, Searcher

from app.backends.search.tantivy.analysis import stems
from app.backends.search.tantivy.schema import ASSET_FIELD, OWN_FIELDS, PUBLIC, SCHEMA
from app.text.spelling import nearest

MOST = 64
REMEMBERED = 256
_FIELD = "public"
_Answer = TypeVar("_Answer")


class Vocabulary:
    """The public words of one snapshot, with the number of assets that have them."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        # Plain dictionaries: a cache around a bound method would keep a replaced snapshot,
        # and its files, until the garbage collector comes by.
        self._beginnings: dict[str, tuple[str, ...]] = {}
        self._likenesses: dict[str, tuple[str, ...]] = {}
        self._letters: dict[str, Iterable[tuple[str, int]]] = {}

    def starting_with(self, beginning: str) -> tuple[str, ...]:
        """The most frequent words with a folded beginning, at most 64."""
        return _kept(self._beginnings, beginning, self._starting_with)

    def resembling(self, word: str) -> tuple[str, ...]:
        """What a folded word with a slip may stand for, nearest first, at most 64."""
        return _kept(self._likenesses, word, self._resembling)

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
        # Without a filter, words of assets that were taken out would be among them.
        alive = Query.all_query()
        found = self._searcher.terms_with_prefix(_FIELD, beginning, alive, MOST)
        return tuple(word for word, count in found if count)

    def _resembling(self, word: str) -> tuple[str, ...]:
        found = nearest(word, _kept(self._letters, word[0], self._all_of_letter), MOST)
        return tuple(other for other in found if self._is_alive(other))

    def _all_of_letter(self, letter: str) -> Iterable[tuple[str, int]]:
        return list(self._searcher.terms_with_prefix(_FIELD, letter))

    def _is_alive(self, word: str) -> bool:
        return self._matches(Query.term_query(SCHEMA, _FIELD, word))

    def _matches(self, query: Query) -> bool:
        return bool(self._searcher.search(query, limit=1, count=False).hits)


def _kept(answers: dict[str, _Answer], question: str, answer: Callable[[str], _Answer]) -> _Answer:
    if question not in answers:
        if len(answers) >= REMEMBERED:
            answers.clear()
        answers[question] = answer(question)
    return answers[question]
