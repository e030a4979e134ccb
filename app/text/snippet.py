"""The passage of a text that best shows why it matched, with the matches marked."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape

LENGTH = 200
_SCANNED = 50_000
_LEAD = 40

_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")

Span = tuple[int, int]


class Marker:
    """Finds the words of a text that a query matched; made once for a query, used for many texts.

    `is_match` judges a word as it stands in the text. It is asked only about words that begin
    with one of `initials` (lower case, as matched words must) or with a letter beyond ASCII.
    `runs` are found anywhere, for languages that put no spaces between words.
    """

    def __init__(
        self, initials: Iterable[str], is_match: Callable[[str], bool], runs: Sequence[str] = ()
    ) -> None:
        letters = {letter for letter in initials if letter.isascii() and letter.isalnum()}
        some = "".join(sorted(letters | {letter.upper() for letter in letters}))
        self._candidate = re.compile(rf"(?<![^\W_])(?:[{some}]|[^\W_\x00-\x7f])[^\W_]*")
        self._is_match = is_match
        self._run = re.compile("|".join(map(re.escape, runs)), re.IGNORECASE) if runs else None

    def spans(self, text: str) -> list[Span]:
        """Where the matches are, in order and apart from each other."""
        found = self._candidate.finditer(text)
        spans = [word.span() for word in found if self._is_match(word.group())]
        if not self._run:
            return spans
        return _apart(spans + [run.span() for run in self._run.finditer(text)])


def snippet(text: str, marker: Marker) -> str:
    """About 200 characters as HTML whose only tag is <mark>.

    Only the first 50,000 characters are looked at.
    """
    scanned = text[:_SCANNED]
    spans = marker.spans(scanned)
    start, end = _cut(scanned, *_densest(scanned, spans))
    marked = _marked(scanned, [span for span in spans if start <= span[0] < end], start, end)
    return ("… " if start else "") + marked + (" …" if end < len(text.rstrip()) else "")


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _densest(text: str, spans: list[Span]) -> Span:
    """The stretch with the most different matches, then the most matches, then the first."""
    words = [text[start:end].lower() for start, end in spans]
    inside: Counter[str] = Counter()
    best, best_value, left = (0, 0), (0, 0), 0
    for right, (_, end) in enumerate(spans):
        inside[words[right]] += 1
        while end - spans[left][0] > LENGTH - _LEAD and left < right:
            inside[words[left]] -= 1
            if not inside[words[left]]:
                del inside[words[left]]
            left += 1
        value = (len(inside), right - left + 1)
        if value > best_value:
            best, best_value = (spans[left][0], end), value
    return best


def _cut(text: str, first: int, last: int) -> Span:
    """Widen a stretch to the wanted length, without cutting through a word."""
    start = max(0, first - _LEAD)
    end = min(len(text), max(start + LENGTH, last))
    start = max(0, min(start, end - LENGTH))
    if start:
        blank = _BLANK.search(text, start, first)
        start = blank.end() if blank else start
    if end < len(text):
        blanks = list(_BLANK.finditer(text, max(last, end - _LEAD), end + 1))
        end = blanks[-1].start() if blanks else end
    return start, end


def _marked(text: str, spans: list[Span], start: int, end: int) -> str:
    parts, at = [], start
    for left, right in spans:
        parts.append(_shown(text[at:left]))
        parts.append(f"<mark>{_shown(text[left : min(right, end)])}</mark>")
        at = right
    parts.append(_shown(text[at:end]))
    return "".join(parts).strip()


def _shown(text: str) -> str:
    return escape(_BLANK.sub(" ", text))
