"""BM25 as Tantivy reckons it, so that both engines agree on the order."""

from bisect import bisect_right
from math import log

_K1 = 1.2
_B = 0.75


def _kept_length(code: int) -> int:
    """The length that a byte stands for: exact up to 40, then with three binary digits."""
    if code < 24:
        return code
    digits, shift = (code - 24) & 7, (code - 24) >> 3
    return 24 + (digits if shift == 0 else (digits | 8) << (shift - 1))


_LENGTHS = [_kept_length(code) for code in range(256)]


def length_code(length: int) -> int:
    """The byte that stands for a field's length, rounded down."""
    return length if length < 40 else bisect_right(_LENGTHS, length) - 1


def norms(average: float) -> list[float]:
    """What a field's length takes off, by its byte."""
    return [_K1 * (1 - _B + _B * length / average) if average else 0.0 for length in _LENGTHS]


def worth(frequencies: list[int], documents: int) -> float:
    """What a hit of terms with these document frequencies is worth at most; rare ones more."""
    rarity = sum(log(1 + (documents - n + 0.5) / (n + 0.5)) for n in frequencies)
    return rarity * (1 + _K1)
