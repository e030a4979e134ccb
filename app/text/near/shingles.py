"""What a page says as a set of shingles, pairs of neighbouring words, and how far two overlap."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.text.words import for_query

# Of the shingles that two pages have together, the part that both must have.
SAME = 0.5
# Six shingles are seven words. With fewer, one word changed inside leaves less than SAME in
# common, and what is alike is a title or a farewell that many documents share.
FEWEST = 6
# Enough for a sheet of 30,000 words; a longer page is judged by its beginning.
MOST_CHARACTERS = 200_000
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")

Shingles = frozenset[str]


def shingles(text: str) -> Shingles:
    """The pairs of neighbouring words, in any case and spacing; a lone word stands for itself.

    All numbers are one word, so that a price list with new prices is still the same list; where
    too little is left then, they are told apart. Chinese, Japanese and Korean runs are cut into
    overlapping pairs of characters first, so that two neighbours are three characters.
    """
    words = _WORD.findall(for_query(text[:MOST_CHARACTERS]))
    found = _pairs(["0" if word[0].isdecimal() else word for word in words])
    return found if says_enough(found) else _pairs(words)


def says_enough(page: Shingles) -> bool:
    """Whether the page can be told apart from others."""
    return len(page) >= FEWEST


def overlap(a: Shingles, b: Shingles) -> float:
    """From 0 to 1: what both have, as a part of what they have together; 1 for nothing at all.

    Jaccard's coefficient of shingle sets, which Broder, A. (1997), On the resemblance and
    containment of documents, Compression and Complexity of Sequences, 21-29, calls resemblance.
    """
    common = len(a & b)
    together = len(a) + len(b) - common
    return common / together if together else 1.0


def likeness(a: str, b: str) -> float:
    """The `overlap` of two pages' texts, exactly; also 1 for some that differ, as in numbers alone.

    Whether nothing at all was changed is asked of `fingerprint.of_page`.
    """
    return overlap(shingles(a), shingles(b))


def is_same_page(a: str, b: str) -> bool:
    """Whether two texts are one page, edited at most a little; never of texts that say too little.

    A third of the pairs may be others: one word in seven, or every sixth of a longer page.
    """
    left, right = shingles(a), shingles(b)
    return says_enough(left) and says_enough(right) and overlap(left, right) >= SAME


def _pairs(words: Sequence[str]) -> Shingles:
    return frozenset(map(" ".join, pairwise(words))) if len(words) > 1 else frozenset(words)
