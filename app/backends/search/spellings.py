"""What a word of a query may stand for in the index: itself, a beginning's words, a slip's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whoosh import query as whoosh_query

from app.backends.search.vocabulary import MOST, Vocabulary
from app.text.pieces import is_hiragana
from app.text.query import Alike, AlikePhrase, Helpful, leaf_text
from app.text.words import asian_runs

PREFIX_FACTOR = 0.8
TYPO_FACTOR = 0.4
ALIKE_FACTOR = 0.5
GRAMMAR_FACTOR = 0.25
BETWEEN_FACTOR = 0.5
_MOST_TOKENS = 32
_MOST_IN_ALL = 256
_MOST_FORGIVEN = 8
_MOST_HELPFUL = 64
_TEXT_FIELDS = ("words", "title")


@dataclass(frozen=True, slots=True)
class Spelling:
    """Terms that must stand side by side, and what a hit is worth against an exact one."""

    terms: tuple[str, ...]
    factor: float = 1.0


class Spellings:
    """The spellings of every word, phrase and prefix of one tree, the exact one first.

    A word has at most 64 others, a query 256 in all, so that no query is a burden.
    """

    def __init__(self, tree: whoosh_query.Query, vocabulary: Vocabulary) -> None:
        leaves = [leaf for leaf in tree.leaves() if _is_text(leaf)]
        most = min(MOST, _MOST_IN_ALL // max(1, len(leaves)))
        self._stems = vocabulary.stems
        self._found = {
            id(leaf): _spellings(leaf, vocabulary, most, forgiving=len(leaves) <= _MOST_FORGIVEN)
            for leaf in leaves
        }

    def of(self, leaf: whoosh_query.Query) -> list[Spelling]:
        """The spellings of a leaf of the tree; none if it has no word in it."""
        return self._found[id(leaf)]

    def parts_of(self, leaf: whoosh_query.Query) -> Sequence[Spelling]:
        """The parts of a word that is written together, each for itself; of a phrase none."""
        if not isinstance(leaf, whoosh_query.Term):
            return ()
        return [Spelling((term,)) for term in dict.fromkeys(self._terms(leaf))]

    def single(self, leaf: whoosh_query.Query) -> str:
        """A word's term, if it is one word that stands between spaces."""
        if not isinstance(leaf, whoosh_query.Term) or asian_runs(leaf.text):
            return ""
        terms = self._terms(leaf)
        return terms[0] if len(terms) == 1 else ""

    def helpful(self, leaves: Sequence[Helpful]) -> list[Spelling]:
        """The terms of words that need not be found, each for itself; of grammar the least."""
        terms = dict.fromkeys(term for leaf in leaves for term in self._stems(leaf.text))
        return [Spelling((term,), _helpful_factor(term)) for term in list(terms)[:_MOST_HELPFUL]]

    def _terms(self, leaf: whoosh_query.Query) -> tuple[str, ...]:
        found = self._found[id(leaf)]
        return found[0].terms if found else ()


def _is_text(leaf: whoosh_query.Query) -> bool:
    return getattr(leaf, "fieldname", "") in _TEXT_FIELDS and not isinstance(leaf, Helpful)


def _helpful_factor(term: str) -> float:
    if is_hiragana(term):
        return GRAMMAR_FACTOR
    return BETWEEN_FACTOR if asian_runs(term) else 1.0


def _spellings(
    leaf: whoosh_query.Query, vocabulary: Vocabulary, most: int, *, forgiving: bool
) -> list[Spelling]:
    exact = _exact(leaf_text(leaf), vocabulary)
    if isinstance(leaf, Alike | AlikePhrase):
        return [replace(one, factor=ALIKE_FACTOR) for one in exact]
    if not exact or isinstance(leaf, whoosh_query.Phrase) or asian_runs(leaf.text):
        return exact
    if isinstance(leaf, whoosh_query.Prefix):
        return _distinct(exact + _beginnings(leaf.text, vocabulary)[:most])
    return _distinct(exact + _slips(leaf.text, vocabulary)[:most]) if forgiving else exact


def _exact(text: str, vocabulary: Vocabulary) -> list[Spelling]:
    terms = vocabulary.stems(text)[:_MOST_TOKENS]
    return [Spelling(terms)] if terms else []


def _beginnings(text: str, vocabulary: Vocabulary) -> list[Spelling]:
    stems = vocabulary.stems
    *before, beginning = vocabulary.plain_words(text)
    head = tuple(term for word in before for term in stems(word))
    return [
        Spelling(head + stems(word), PREFIX_FACTOR) for word in vocabulary.starting_with(beginning)
    ]


def _slips(text: str, vocabulary: Vocabulary) -> list[Spelling]:
    words = vocabulary.plain_words(text)
    if len(words) != 1 or vocabulary.knows(text):
        return []
    return [
        Spelling(vocabulary.stems(word), TYPO_FACTOR) for word in vocabulary.resembling(words[0])
    ]


def _distinct(found: list[Spelling]) -> list[Spelling]:
    first: dict[tuple[str, ...], Spelling] = {}
    for spelling in found:
        first.setdefault(spelling.terms, spelling)
    return list(first.values())
