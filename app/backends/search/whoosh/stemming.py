"""English stems by today's Snowball rules, as Tantivy has them.

Whoosh's own stemmer is of an older Snowball: it makes one word of "organic" and "organization",
of "intern", "internal" and "international".
"""

import re

_VOWELS = "aeiouy"
_WHOLE = {
    "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli",
    "early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news",
    "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}  # fmt: skip
# Beginnings after which the first region starts at once, lest unlike words become one.
_BEGINNINGS = (
    "gener", "commun", "arsen", "past", "univers", "later", "emerg", "organ", "inter",
)  # fmt: skip
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_KEEP_ING = frozenset({"inn", "out", "cann", "herr", "earr", "even"})
_KEEP_EED = frozenset({"proc", "exc", "succ"})

_SECOND = {
    "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent",
    "izer": "ize", "ization": "ize", "ational": "ate", "ation": "ate", "ator": "ate",
    "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful", "ousli": "ous",
    "ousness": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble",
    "ogist": "og", "ogi": "og", "fulli": "ful", "lessli": "less", "li": "",
}  # fmt: skip
_THIRD = {
    "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic",
    "ical": "ic", "ful": "", "ness": "", "ative": "",
}  # fmt: skip
_FOURTH = dict.fromkeys(
    ("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism",
     "ate", "iti", "ous", "ive", "ize", "ion"), "",
)  # fmt: skip
# What must stand before an ending for it to go.
_AFTER = {"ogi": "l", "li": "cdeghkmnrt", "ion": "st"}

_REGION = re.compile(f"[{_VOWELS}][^{_VOWELS}]")
_CONSONANT_Y = re.compile(f"^y|([{_VOWELS}])y")
_SHORT = re.compile(f"(?:[^{_VOWELS}][{_VOWELS}][^{_VOWELS}wxY]|^[{_VOWELS}][^{_VOWELS}]|past)$")


def stem(word: str) -> str:
    """The stem of a folded word; words of other languages often stay as they are."""
    if len(word) < 3 or word in _WHOLE:
        return _WHOLE.get(word, word)
    word = _with_consonant_y(word)
    first, second = _regions(word)
    word = _without_ed_and_ing(_without_s(word), first)
    if len(word) > 2 and word[-1] in "yY" and word[-2] not in _VOWELS:
        word = f"{word[:-1]}i"
    word = _replaced(word, _SECOND, first)
    word = _replaced(word, _THIRD, first, {"ative": second})
    word = _replaced(word, _FOURTH, second)
    return _without_e_and_l(word, first, second).lower()


def _with_consonant_y(word: str) -> str:
    """A y at the beginning or after a vowel as a capital, which is no vowel."""
    return _CONSONANT_Y.sub(r"\1Y", word) if "y" in word else word


def _regions(word: str) -> tuple[int, int]:
    """Where the two regions begin: after the first consonant after a vowel, and again."""
    first = next((len(one) for one in _BEGINNINGS if word.startswith(one)), None)
    if first is None:
        first = _region(word, 0)
    return first, _region(word, first)


def _region(word: str, start: int) -> int:
    found = _REGION.search(word, start)
    return found.end() if found else len(word)


def _without_s(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")) and _has_vowel(word[:-2]):
        return word[:-1]
    return word


def _without_ed_and_ing(word: str, first: int) -> str:
    ending = next((one for one in ("eedly", "ingly", "edly", "eed", "ing", "ed")
                   if word.endswith(one)), "")  # fmt: skip
    rest = word.removesuffix(ending)
    if ending.startswith("eed"):
        return f"{rest}ee" if len(rest) >= first and rest not in _KEEP_EED else word
    if not ending or not _has_vowel(rest):
        return word
    if ending == "ing" and rest in _KEEP_ING:
        return word
    if ending == "ing" and len(rest) == 2 and rest[1] == "y":
        return f"{rest[0]}ie"
    return _mended(rest, first)


def _mended(rest: str, first: int) -> str:
    """What is left without -ed or -ing, as the word would be written."""
    if rest.endswith(("at", "bl", "iz")):
        return f"{rest}e"
    if rest.endswith(_DOUBLES):
        return rest if len(rest) == 3 and rest[0] in "aeo" else rest[:-1]
    return f"{rest}e" if len(rest) == first and _SHORT.search(rest) else rest


def _replaced(
    word: str, endings: dict[str, str], start: int, starts: dict[str, int] | None = None
) -> str:
    """Another ending for the longest one listed, if it stands in its region."""
    for length in range(min(7, len(word)), 1, -1):
        ending = word[-length:]
        if ending in endings:
            rest = word[:-length]
            fits = ending not in _AFTER or (rest and rest[-1] in _AFTER[ending])
            if fits and len(rest) >= max(start, (starts or {}).get(ending, 0)):
                return rest + endings[ending]
            return word
    return word


def _without_e_and_l(word: str, first: int, second: int) -> str:
    rest = word[:-1]
    if word.endswith("e"):
        is_removed = len(rest) >= second or (len(rest) >= first and not _SHORT.search(rest))
        return rest if is_removed else word
    return rest if word.endswith("ll") and len(rest) >= second else word


def _has_vowel(text: str) -> bool:
    return any(letter in _VOWELS for letter in text)
