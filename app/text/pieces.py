"""What a sentence without spaces asks for, as near as one can tell without a dictionary.

Japanese changes its script where words begin and end: Chinese characters and katakana name
things, and hiragana between them is mostly grammar.
"""

import re
import unicodedata

from app.text.words import HAN, HANGUL, HIRAGANA, KATAKANA, asian_runs

# The small ke of 三ヶ月 is read as a Chinese character.
_NAMING = f"\u30f5\u30f6{HAN}"
_PARTS = re.compile(
    f"[{_NAMING}]+|[{KATAKANA}]+|[{HIRAGANA}]+|[{HANGUL}]+"
    f"|[^\\s{_NAMING}{KATAKANA}{HIRAGANA}{HANGUL}]+"
)
_ONLY_HIRAGANA = re.compile(f"[{HIRAGANA}]+")
_ONLY_HAN = re.compile(f"[{_NAMING}]+")
# The particles after a noun.
_PARTICLES = "のはがをにでとも"
_LONG_SOUND = "ー"
_WORD = 4


def is_hiragana(text: str) -> bool:
    """Whether a text is written in hiragana alone."""
    return bool(_ONLY_HIRAGANA.fullmatch(text))


def pieces(text: str) -> list[str]:
    """The parts of a text that it names things by, in their order; a text without Asian runs whole.

    A run of up to four characters is one word as it stands. A longer one is cut where the script
    changes; beside anything longer hiragana is left out, with the single Chinese character that
    it inflects. More than four Chinese characters come as overlapping pairs. Half and full widths
    are equal; a katakana word's last long sound, which not everybody writes, is left out.
    """
    normal = unicodedata.normalize("NFKC", text)
    if not asian_runs(normal):
        return [text]
    if _is_word(normal):
        return [normal]
    parts = [part for part in _PARTS.findall(normal) if any(map(str.isalnum, part))]
    named = [part for part in parts if not is_hiragana(part)] or parts
    followed = zip(parts, [*parts[1:], ""], strict=True)
    whole = [part for part, after in followed if part in named and not _is_inflected(part, after)]
    chosen = whole if any(len(part) > 1 for part in whole) else named
    return [piece for part in chosen for piece in _cut(part)]


def _is_inflected(part: str, after: str) -> bool:
    """Whether a single character is the stem of a verb, like `教` in `教えて`."""
    return len(part) == 1 and bool(_ONLY_HAN.fullmatch(part)) and is_hiragana(after)


def pairs(piece: str) -> list[str]:
    """The overlapping pairs of Chinese characters, most of which are words; none of others."""
    return _pairs(piece) if _ONLY_HAN.fullmatch(piece) else []


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]


def _is_word(text: str) -> bool:
    return len(text) <= _WORD and asian_runs(text) == [text] and text[-1] not in _PARTICLES


def _cut(part: str) -> list[str]:
    if len(part) > _WORD and _ONLY_HAN.fullmatch(part):
        return _pairs(part)
    return [part[:-1] if len(part) >= _WORD and part.endswith(_LONG_SOUND) else part]
