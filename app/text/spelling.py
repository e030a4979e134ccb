"""Which words somebody may have meant who slipped."""

import heapq
from collections.abc import Iterable
from itertools import groupby


def is_within(a: str, b: str, distance: int) -> bool:
    """Whether a becomes b by at most so many letters put in, left out, changed or swapped.

    The optimal string alignment distance, by trying each edit at the first difference.
    """
    if abs(len(a) - len(b)) > distance:
        return False
    same = _common_prefix(a, b)
    a, b = a[same:], b[same:]
    if a == b:
        return True
    if distance == 0:
        return False
    less = distance - 1
    return (
        is_within(a[1:], b[1:], less)
        or is_within(a[1:], b, less)
        or is_within(a, b[1:], less)
        or (a[:2] == b[1::-1] and is_within(a[2:], b[2:], less))
    )


def forgiven(word: str) -> int:
    """How many slips a word of its length may have; none in short words or with digits."""
    if len(word) < 4 or any(character.isdigit() for character in word):
        return 0
    return 1 if len(word) < 8 else 2


class Candidates:
    """Words with one first letter and their frequencies, sorted so that few are looked at."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        self._of_length: dict[int, list[tuple[str, int, int]]] = {}
        for word, count in counted:
            self._of_length.setdefault(len(word), []).append((word, count, _letters(word)))

    def likeliest(self, word: str, most: int) -> list[str]:
        """The words that a slip may stand for, the likeliest first.

        That is how often a word occurs times how likely the slip is.
        """
        allowed, letters = forgiven(word), _letters(word)
        if not allowed:
            return []
        found = [
            (-count * _likeliness(word, other), other)
            for size in range(len(word) - allowed, len(word) + allowed + 1)
            for other, count, others in self._of_length.get(size, ())
            # Cheap, and true of all that pass: each slip puts in or takes out at most two letters.
            if (letters ^ others).bit_count() <= 2 * allowed and is_within(word, other, allowed)
        ]
        return [other for _, other in heapq.nsmallest(most, found)]


def _likeliness(word: str, other: str) -> int:
    """How many times likelier this slip is than two slips in one word, which are rare.

    The likeliest are letters swapped, and one written once that stands twice, or the reverse.
    """
    if not is_within(word, other, 1):
        return 1
    is_easy = sorted(word) == sorted(other) or _undoubled(word) == _undoubled(other)
    return 64 if is_easy else 16


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _letters(word: str) -> int:
    """Which letters it has, as bits; some letters beyond ASCII share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _common_prefix(a: str, b: str) -> int:
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return i
    return min(len(a), len(b))
