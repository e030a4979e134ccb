"""Words as a search compares them: without case and accents, Asian runs cut into pairs."""

import re
import unicodedata

# Words that a sentence needs and a search does not; a query of nothing else keeps them.
STOP_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it"}
    | {"not", "of", "on", "or", "that", "the", "this", "to", "was", "with"}
)
# Words that a question needs: they better a page's rank where it has them, no more.
QUESTION_WORDS = frozenset(
    {"what", "which", "who", "whom", "whose", "when", "where", "why", "how", "do", "does", "did"}
    | {"can", "could", "should", "would", "shall", "must", "has", "have", "had", "been", "being"}
    | {"were", "i", "me", "my", "we", "us", "our", "you", "your", "he", "his", "him", "she", "her"}
    | {"they", "them", "their", "its", "there", "here", "these", "those", "then", "than", "so"}
    | {"such", "if", "but", "about", "into", "any", "some", "all", "also", "just", "very", "too"}
    | {"more", "most"}
)

# Half surrogates are in no real text, and no engine takes them.
_ACCENTS = re.compile("[\u0300-\u036f\ud800-\udfff]+")
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i"}
)
# Ranges for a character class of a regular expression.
HIRAGANA = "\u3041-\u3096\u3099-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
HANGUL = "\uac00-\ud7af"
HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_ASIAN = HIRAGANA + KATAKANA + HANGUL + HAN
_ASIAN_RUN = re.compile(f"[{_ASIAN}]+")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case without accents; the length may change."""
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", bare).casefold().translate(_LETTERS)


def asian_runs(text: str) -> list[str]:
    """The runs of Chinese, Japanese and Korean characters, which have no spaces between words."""
    return [] if text.isascii() else _ASIAN_RUN.findall(text)


def for_query(text: str) -> str:
    """A text ready to be split into words: folded, without 's, Asian runs as overlapping pairs."""
    has_apostrophe = "'" in text or "\u2019" in text
    folded = fold(_POSSESSIVE.sub("", text) if has_apostrophe else text)
    return folded if folded.isascii() else _ASIAN_RUN.sub(_pairs, folded)


def for_index(text: str) -> str:
    """Like `for_query`, with every single Asian character at the end so that one alone is found."""
    words = for_query(text)
    singles = sorted(set("".join(asian_runs(words))))
    return f"{words} {' '.join(singles)}" if singles else words


def facet_key(facet: str, value: str) -> str:
    """A facet's value as it is compared: folded, and for kinds `One pager` is `one_pager`."""
    key = " ".join(fold(value).split())
    return re.sub(r"[\s-]+", "_", key) if facet in ("kind", "status") else key


def _pairs(run: re.Match[str]) -> str:
    text = run.group()
    pairs = [text[i : i + 2] for i in range(len(text) - 1)] or [text]
    return f" {' '.join(pairs)} "
