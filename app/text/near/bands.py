"""Numbers of a page's text that similar pages share, so that an index finds them."""

import hashlib
import struct
import zlib
from collections.abc import Iterable
from heapq import nsmallest

from app.text.near.shingles import says_enough, shingles

# Every band is a row of the database. These were chosen by `python -m benchmarks.resemblance`.
BANDS = 6
ROWS = 3
# A longer page is represented by a fixed sample of its shingles, which bounds the time.
SAMPLE = 1_000
_PERMUTED = struct.Struct(f"<{BANDS * ROWS}I")
_BAND = struct.Struct(f"<B{ROWS}I")


def bands(text: str) -> list[int]:
    """One signed 64-bit integer a band, its number hashed in; none for a page that says too little.

    Two pages with likeness s have at least one in common with the chance 1 - (1 - s^ROWS)^BANDS:
    0.96 at 0.75, 0.55 at 0.5, 0.006 at 0.1. MinHash and the sample of the smallest hashes: Broder
    (1997); bands: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4. The
    numbers are the same in every process, and are stored: whoever changes how they are made
    makes all of them again.
    """
    found = shingles(text)
    if not says_enough(found):
        return []
    smallest = _smallest(found)
    rows = (smallest[start : start + ROWS] for start in range(0, BANDS * ROWS, ROWS))
    return [_value(band, row) for band, row in enumerate(rows)]


def _smallest(found: Iterable[str]) -> list[int]:
    """The smallest hash of any shingle, under each of the permutations.

    One call gives a shingle's place in all of them, each from 32 bits of its own.
    """
    hashes = nsmallest(SAMPLE, {zlib.crc32(one.encode()) for one in found})
    size = _PERMUTED.size
    permuted = (hashlib.shake_128(one.to_bytes(4, "little")).digest(size) for one in hashes)
    return list(map(min, zip(*map(_PERMUTED.unpack, permuted), strict=True)))


def _value(band: int, row: Iterable[int]) -> int:
    digest = hashlib.blake2b(_BAND.pack(band, *row), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
