"""Sets of small whole numbers as the bits of one number: bit n says whether n is in it.

Thousands are so compared, joined and counted in one step. A set takes as many bits as its highest
number, however few are in it.
"""

from collections.abc import Iterable, Iterator

# So many bits are sooner put in one by one.
_FEW = 300
# Makes the text of a binary number out of bytes that are 0 or 1.
_DIGITS = bytes.maketrans(b"\0\1", b"01")


def of(numbers: Iterable[int]) -> int:
    """The set of these numbers, none of which may be negative."""
    found = list(numbers)
    if len(found) > _FEW:
        return _of_many(found)
    bits = 0
    for number in found:
        bits |= 1 << number
    return bits


def members(bits: int) -> Iterator[int]:
    """The numbers in a set, in order."""
    digits = f"{bits:b}"[::-1]
    number = digits.find("1")
    while number >= 0:
        yield number
        number = digits.find("1", number + 1)


def among(numbers: Iterable[int], bits: int) -> Iterator[int]:
    """Those of the numbers that are in a set, in their order."""
    digits = f"{bits:b}"[::-1]
    length = len(digits)
    return (number for number in numbers if number < length and digits[number] == "1")


def has(bits: int, number: int) -> bool:
    """Whether a number is in a set."""
    return bits >> number & 1 == 1


def _of_many(numbers: list[int]) -> int:
    digits = bytearray(max(numbers) + 1)
    for number in numbers:
        digits[number] = 1
    digits.reverse()
    return int(digits.translate(_DIGITS), 2)
