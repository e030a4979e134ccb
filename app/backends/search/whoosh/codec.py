"""Whoosh's own file format, read a block of postings at a time rather than one by one."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of one term, in order, with how often each has it and where."""

    documents: list[int]
    frequencies: list[float]
    places: list[bytes | None]


class Blocks(W3LeafMatcher):  # type: ignore[misc]
    """The postings of one term."""

    def everything(self) -> Postings:
        """All of them; to be asked once, and of a fresh matcher."""
        found = Postings([], [], [])
        while self.is_active():
            self._read_ids()
            self._read_weights()
            self._read_values()
            found.documents.extend(self._ids)
            found.frequencies.extend(self._weights)
            found.places.extend(self._values)
            self._next_block()
        return found


class BlockCodec(W3Codec):  # type: ignore[misc]
    """Large blocks, as all of a term's postings are wanted; lengths are kept in a column."""

    length_stats = False

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Blocks:
        """The matcher that Whoosh's own readers use too, when they merge."""
        return Blocks(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)


CODEC = BlockCodec(blocklimit=1024, compression=1)


def pack_places(places: list[int]) -> bytes:
    """Where a word stands in a field."""
    return _one_place(places[0]) if len(places) == 1 else array("I", places).tobytes()


@lru_cache(maxsize=4096)
def _one_place(place: int) -> bytes:
    # Most words stand in a field once; a writer has millions of these in memory.
    return array("I", [place]).tobytes()


def unpack_places(packed: bytes) -> Sequence[int]:
    """The other way round."""
    return array("I", packed)
