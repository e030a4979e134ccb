"""The words of public assets, read from the index itself, so that they are never behind it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from app.text.spelling import Candidates
from app.text.words import asian_runs

MOST = 64
REMEMBERED = 256
_Answer = TypeVar("_Answer")

Counted = tuple[str, int]


class Lexicon(Protocol):
    """What an engine knows of words in one snapshot: how it splits them, and the public ones.

    A word's count is the number of assets that have it.
    """

    def stems(self, text: str) -> tuple[str, ...]:
        """The terms under which a text is found, in their order."""

    def plain_words(self, text: str) -> tuple[str, ...]:
        """The folded words of a text, not stemmed."""

    def most_frequent(self, beginning: str, most: int) -> Sequence[Counted]:
        """Public words that begin so, with exact counts, the highest first, then by letters."""

    def of_letter(self, letter: str) -> Iterable[Counted]:
        """Public words with this first letter; some may be of assets that were taken out."""

    def is_offered(self, word: str) -> bool:
        """Whether a public asset has this very word."""

    def is_written(self, stem: str) -> bool:
        """Whether a public asset has a word with this stem, in any field."""


class Vocabulary:
    """The public words of one snapshot; what was asked once is remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.stems = lexicon.stems
        self.plain_words = lexicon.plain_words
        self._lexicon = lexicon
        # Plain dictionaries: a cache around a bound method would keep a replaced snapshot,
        # and its files, until the garbage collector comes by.
        self._beginnings: dict[str, tuple[str, ...]] = {}
        self._likenesses: dict[str, tuple[str, ...]] = {}
        self._letters: dict[str, Candidates] = {}
        self._had: dict[str, bool] = {}

    def starting_with(self, beginning: str) -> tuple[str, ...]:
        """The most frequent words with a folded beginning, at most 64."""
        return _kept(self._beginnings, beginning, self._starting_with)

    def resembling(self, word: str) -> tuple[str, ...]:
        """What a folded word with a slip may stand for, likeliest first, at most 64."""
        return _kept(self._likenesses, word, self._resembling)

    def knows(self, word: str) -> bool:
        """Whether a public asset has this word, in any inflection; of several, each of them."""
        words = self.plain_words(word)
        return bool(words) and all(map(self._has, words))

    def completions(self, beginning: str, most: int) -> list[str]:
        """The most frequent words with this beginning of one word, at most 64.

        None for a run of Asian characters: its pairs are no words.
        """
        words = self.plain_words(beginning)
        if len(words) != 1 or asian_runs(beginning):
            return []
        return list(self.starting_with(words[0])[:most])

    def spelled(self, word: str) -> str | None:
        """The likeliest word that an unknown one stands for."""
        words = self.plain_words(word)
        if len(words) != 1 or asian_runs(word) or self._has(words[0]):
            return None
        return next(iter(self.resembling(words[0])), None)

    def _has(self, word: str) -> bool:
        return _kept(self._had, word, self._looked_up)

    def _looked_up(self, word: str) -> bool:
        return self._lexicon.is_offered(word) or any(
            map(self._lexicon.is_written, self.stems(word))
        )

    def _starting_with(self, beginning: str) -> tuple[str, ...]:
        return tuple(word for word, count in self._lexicon.most_frequent(beginning, MOST) if count)

    def _resembling(self, word: str) -> tuple[str, ...]:
        candidates = _kept(self._letters, word[0], self._of_letter)
        found = candidates.likeliest(word, MOST)
        return tuple(other for other in found if self._lexicon.is_offered(other))

    def _of_letter(self, letter: str) -> Candidates:
        return Candidates(self._lexicon.of_letter(letter))


def _kept(answers: dict[str, _Answer], question: str, answer: Callable[[str], _Answer]) -> _Answer:
    if question not in answers:
        if len(answers) >= REMEMBERED:
            answers.clear()
        answers[question] = answer(question)
    return answers[question]
