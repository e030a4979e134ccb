"""What a word of a query may stand for in the index: itself, a beginning's words, a slip's."""

from dataclasses import dataclass

from whoosh import query as whoosh_query

from app.backends.search.vocabulary import MOST, Vocabulary
from app.text.query import leaf_text
from app.text.words import asian_runs

PREFIX_FACTOR = 0.8
TYPO_FACTOR = 0.4
_MOST_TOKENS = 32
_MOST_IN_ALL = 256
_MOST_FORGIVEN = 8
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
        leaves = [leaf for leaf in tree.leaves() if getattr(leaf, "fieldname", "") in _TEXT_FIELDS]
        most = min(MOST, _MOST_IN_ALL // max(1, len(leaves)))
        self._found = {
            id(leaf): _spellings(leaf, vocabulary, most, forgiving=len(leaves) <= _MOST_FORGIVEN)
            for leaf in leaves
        }

    def of(self, leaf: whoosh_query.Query) -> list[Spelling]:
        """The spellings of a leaf of the tree; none if it has no word in it."""
        return self._found[id(leaf)]


def _spellings(
    leaf: whoosh_query.Query, vocabulary: Vocabulary, most: int, *, forgiving: bool
) -> list[Spelling]:
    exact = _exact(leaf_text(leaf), vocabulary)
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
