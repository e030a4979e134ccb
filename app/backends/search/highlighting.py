"""Which words of a text a query matched, as the engine sees them."""

from collections.abc import Callable

from whoosh import query as whoosh_query

from app.backends.search.fields import LONGEST_WORD
from app.backends.search.spellings import Spellings
from app.backends.search.vocabulary import Vocabulary
from app.text.pieces import pairs
from app.text.query import Query, leaf_text, wanted_leaves
from app.text.snippet import Marker
from app.text.words import asian_runs, fold

_REMEMBERED = 20_000
_MARKERS = 64


def marker(tree: whoosh_query.Query, vocabulary: Vocabulary) -> Marker:
    """Marks the words that a tree looks for, with their inflections, beginnings and slips."""
    leaves = wanted_leaves(tree)
    spellings = Spellings(tree, vocabulary)
    found = [spelling for leaf in leaves for spelling in spellings.of(leaf)]
    terms = frozenset(term for spelling in found for term in spelling.terms)
    beginnings = tuple(fold(leaf.text) for leaf in leaves if isinstance(leaf, whoosh_query.Prefix))
    runs = {run for leaf in leaves for run in _runs(leaf)}
    # Neither stemming nor folding changes a first letter that is plain ASCII.
    initials = {word[0] for word in (*terms, *beginnings)}
    verdicts = _Verdicts(terms, beginnings, vocabulary.stems)
    return Marker(initials, verdicts.__getitem__, sorted(runs, key=len, reverse=True))


def _runs(leaf: whoosh_query.Query) -> list[str]:
    """What is marked wherever it stands; of a word's pairs each, as they may be found alone."""
    runs = asian_runs(leaf_text(leaf))
    if isinstance(leaf, whoosh_query.Phrase):
        return runs
    return [part for run in runs for part in (run, *pairs(run))]


class Markers:
    """The markers of one snapshot, each made once for all the snippets of its query."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._made: dict[str, Marker] = {}

    def of(self, query: Query) -> Marker:
        """The marker for a query's words."""
        made = self._made.get(query.key)
        if made is None:
            if len(self._made) >= _MARKERS:
                self._made.clear()
            made = self._made[query.key] = marker(query.tree, self._vocabulary)
        return made


class _Verdicts(dict[str, bool]):
    """Whether a query would find a word as it stands in a text; a word is judged once."""

    def __init__(
        self,
        terms: frozenset[str],
        beginnings: tuple[str, ...],
        stems: Callable[[str], tuple[str, ...]],
    ) -> None:
        super().__init__()
        self._terms = terms
        self._beginnings = beginnings
        self._stems = stems

    def __missing__(self, word: str) -> bool:
        if len(word) > LONGEST_WORD:
            return False
        if len(self) > _REMEMBERED:
            self.clear()
        verdict = self[word] = not asian_runs(word) and (
            fold(word).startswith(self._beginnings) or not self._terms.isdisjoint(self._stems(word))
        )
        return verdict
