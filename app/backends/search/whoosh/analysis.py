"""How words are split and stemmed for Whoosh's files; queries go through the same as documents."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from app.backends.search.fields import LONGEST_WORD
from app.backends.search.whoosh import stemming
from app.text.words import for_query

# Vowel signs of Indian and other scripts, which belong to the word that they stand in.
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_PLAIN = re.compile(r"[^\W_]+", re.ASCII)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")


def placed_words(text: str) -> Iterator[tuple[int, str]]:
    """The words of a text that comes folded, with their places; overlong ones leave theirs empty.

    As Tantivy does, the length is taken in bytes.
    """
    for place, word in enumerate((_PLAIN if text.isascii() else _WORD).findall(text)):
        if len(word) * 4 < LONGEST_WORD or len(word.encode()) < LONGEST_WORD:
            yield place, word


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The term under which a folded word is found."""
    return stemming.stem(word)


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The terms under which a text is found, in their order."""
    return tuple(stem(word) for word in plain_words(text))


@lru_cache(maxsize=1024)
def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, not stemmed."""
    return tuple(word for _, word in placed_words(for_query(text)))
