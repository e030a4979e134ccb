"""Word 6 to 2003: the text of its pieces, written from [MS-DOC]."""

import codecs
import re
import struct
from typing import BinaryIO

from ..compound import BadCompound, Compound
from .document import DAMAGED, LOCKED, RIGHTS, TOO_OLD, Document, Refused, first_line

for _each in ("cp1252", "utf-16-le"):
    codecs.lookup(_each)  # Python loads them from files, which are out of reach later.

_STREAM_SIZE = 128_000_000
_WORD_97, _WORD_6 = 0xA5EC, (0xA5DC, 0xA5DB)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_LENGTHS, _CLX, _OLD_TEXT = 76, 418, 24
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_FIELD_END = re.compile("[\x13\x14\x15]")
_MARKS = str.maketrans({"\x07": "\t", "\r": "\n", "\x0b": "\n", "\x0e": "\n", "\x1e": "-"})


def read(file: BinaryIO, document: Document) -> None:
    """Add the pages its page breaks make; notes, comments and boxes go to the last one."""
    try:
        main, rest = _texts(Compound(file))
    except (BadCompound, struct.error) as error:
        raise Refused(DAMAGED) from error
    pages = [page for page in _plain(main).split("\x0c") if page.strip()] or [""]
    pages[-1] += "\n" + _plain(rest).replace("\x0c", "\n")
    for page in pages:
        document.add(first_line(page), page)


def _texts(compound: Compound) -> tuple[str, str]:
    """The main text, and what stands around it."""
    if {"\tDRMContent", "\x06DataSpaces"} & compound.names:
        raise Refused(RIGHTS)
    stream = compound.stream("WordDocument", _STREAM_SIZE)
    kind, flags = struct.unpack_from("<H8xH", stream)
    if flags & _ENCRYPTED:
        raise Refused(LOCKED)
    if kind in _WORD_6:
        start, end = struct.unpack_from("<II", stream, _OLD_TEXT)
        length = struct.unpack_from("<I", stream, 52)[0]
        text = stream[start:end].decode("cp1252", "replace")
        return text[:length], text[length:]
    if kind != _WORD_97:
        raise Refused(TOO_OLD)
    table = compound.stream("1Table" if flags & _SECOND_TABLE else "0Table", _STREAM_SIZE)
    at, size = struct.unpack_from("<II", stream, _CLX)
    text = _pieces(table[at : at + size], stream)
    length = struct.unpack_from("<I", stream, _LENGTHS)[0]
    return text[:length], text[length:]


def _pieces(clx: bytes, stream: bytes) -> str:
    """The characters in order: a saved document is a patchwork of places in the stream."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise BadCompound("no piece table")
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    count = max(0, (size - 4) // 12)
    places = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    found, left = [], len(stream)
    for number in range(count):
        where = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        length = min(max(0, places[number + 1] - places[number]), left)
        left -= length
        found.append(_piece(stream, where, length))
    return "".join(found)


def _piece(stream: bytes, where: int, length: int) -> str:
    """Bit 30 of a place tells that a character is one byte, and the place counted double."""
    if where & 0x40000000:
        start = (where & 0x3FFFFFFF) // 2
        return stream[start : start + length].decode("cp1252", "replace")
    return stream[where : where + 2 * length].decode("utf-16-le", "replace")


def _plain(text: str) -> str:
    """Text with the results of fields and not their codes, rows as lines, cells by tabs."""
    while (shorter := _FIELD_CODE.sub("", text)) != text:
        text = shorter
    text = _FIELD_END.sub("", text)
    return text.replace("\x07\x07", "\n").translate(_MARKS)
