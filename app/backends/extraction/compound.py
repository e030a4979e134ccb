"""Reads compound files (OLE), the container of old office formats and of encrypted new ones.

Written from [MS-CFB]. Every chain and list is bounded, so that no file can keep it busy.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ENTRIES = 20_000
MOST_SECTORS = 1_100_000
_LAST_REAL_SECTOR = 0xFFFFFFFA
_NO_STREAM = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class BadCompound(Exception):
    """Not a compound file, or one too broken to follow."""


class Entry(NamedTuple):
    """A line of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """The streams of a compound file by the path of their names, as `Pictures/one`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        header = file.read(512)
        if len(header) < 512 or not header.startswith(SIGNATURE):
            raise BadCompound("no header")
        shift, small_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or small_shift > shift:
            raise BadCompound("sector size")
        self._sector = 1 << shift
        self._small = 1 << small_shift
        directory, _, self._cutoff, small_table = struct.unpack_from("<IIII", header, 48)
        self._table = self._read_table(header)
        self._small_table = _numbers(self._chain(small_table, self._table, MOST_SECTORS * 4))
        self._entries = self._read_directory(directory)
        self._small_stream = b""
        self.streams = dict(self._walk())

    @property
    def names(self) -> set[str]:
        """The names at the top level, of streams and storages."""
        return {path for path in self.streams if "/" not in path}

    def stream(self, path: str, most: int) -> bytes:
        """The first `most` bytes of a stream, fewer where the file is cut off."""
        entry = self.streams.get(path)
        if entry is None:
            raise BadCompound(f"no stream {path!r}")
        size = min(entry.size, most)
        if entry.size >= self._cutoff:
            return self._chain(entry.start, self._table, size)[:size]
        if not self._small_stream:
            root = self._entries[0]
            self._small_stream = self._chain(root.start, self._table, min(root.size, 1 << 26))
        return b"".join(self._small_sectors(entry.start, size))[:size]

    def _small_sectors(self, sector: int, size: int) -> Iterator[bytes]:
        for _ in range(size // self._small + 1):
            if sector >= len(self._small_table):
                return
            yield self._small_stream[sector * self._small : (sector + 1) * self._small]
            sector = self._small_table[sector]

    def _read_table(self, header: bytes) -> tuple[int, ...]:
        """The allocation table, its sectors named in the header and in a list of lists."""
        next_list, lists = struct.unpack_from("<II", header, 68)
        places = list(struct.unpack_from("<109I", header, 76))
        for _ in range(min(lists, MOST_SECTORS // 128)):
            if next_list > _LAST_REAL_SECTOR:
                break
            *more, next_list = _numbers(self._sector_at(next_list)) or (_NO_STREAM,)
            places += more
        real = [each for each in places if each <= _LAST_REAL_SECTOR][: MOST_SECTORS // 128]
        return _numbers(b"".join(self._sector_at(each) for each in real))

    def _sector_at(self, number: int) -> bytes:
        self._file.seek((number + 1) * self._sector)
        return self._file.read(self._sector)

    def _chain(self, sector: int, table: tuple[int, ...], most: int) -> bytes:
        pieces, length = [], 0
        while sector < len(table) and length < most:
            piece = self._sector_at(sector)
            if not piece:
                break
            pieces.append(piece)
            length += len(piece)
            sector = table[sector]
        return b"".join(pieces)

    def _read_directory(self, start: int) -> list[Entry]:
        data = self._chain(start, self._table, MOST_ENTRIES * 128)
        entries = [_entry(data[at : at + 128]) for at in range(0, len(data) - 127, 128)]
        if not entries or entries[0].kind != _ROOT:
            raise BadCompound("no directory")
        return entries

    def _walk(self) -> Iterator[tuple[str, Entry]]:
        """Every entry once, whatever loops the tree of names has."""
        waiting, seen = [(self._entries[0].child, "")], set()
        while waiting:
            number, folder = waiting.pop()
            if number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            path = folder + entry.name
            if entry.kind in (_STORAGE, _STREAM):
                yield path, entry
            waiting += [(entry.left, folder), (entry.right, folder)]
            if entry.kind == _STORAGE and folder.count("/") < 20:
                waiting.append((entry.child, path + "/"))


def _entry(line: bytes) -> Entry:
    length = min(struct.unpack_from("<H", line, 64)[0], 64)
    name = line[: max(0, length - 2)].decode("utf-16-le", "replace").replace("/", "_")
    left, right, child = struct.unpack_from("<III", line, 68)
    start, size = struct.unpack_from("<II", line, 116)
    return Entry(name, line[66], left, right, child, start, size)


def _numbers(data: bytes) -> tuple[int, ...]:
    count = len(data) // 4
    return struct.unpack(f"<{count}I", data[: count * 4])
