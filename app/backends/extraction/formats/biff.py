"""What stands beside the cells of an old Excel workbook: boxes, comments, charts, margins.

Written from [MS-XLS]; the records of one stream are walked once.
"""

import codecs
import struct
from collections.abc import Iterator
from typing import NamedTuple

from .document import LOCKED, Refused

codecs.lookup("cp1252")  # Python loads them from files, which are out of reach later.
codecs.lookup("utf-16-le")

_BEGIN, _END, _SHEET, _CONTINUE, _LOCKED = 0x0809, 0x000A, 0x0085, 0x003C, 0x002F
_TEXT_BOX, _CHART_TEXT, _MARGINS = 0x01B6, 0x100D, (0x0014, 0x0015)
_COMMENT_95 = 0x001C
_UNICODE_BIFF = 0x0600


class Record(NamedTuple):
    """One record of the stream and the place where it begins."""

    at: int
    kind: int
    body: bytes


def records(stream: bytes) -> Iterator[Record]:
    """All records up to the end or the first broken one."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield Record(at, kind, stream[at + 4 : at + 4 + size])
        at += 4 + size


def words_by_sheet(stream: bytes) -> dict[int, list[str]]:
    """The words beside the cells by the number of the sheet. Refuses an encrypted workbook."""
    sheets: dict[int, int] = {}
    found: dict[int, list[str]] = {}
    unicode, sheet, boxed = True, -1, False
    for record in records(stream):
        if record.kind == _LOCKED:
            raise Refused(LOCKED)
        if record.kind == _BEGIN and len(record.body) >= 2:
            unicode = record.body[:2] == struct.pack("<H", _UNICODE_BIFF)
            sheet = sheets.get(record.at, sheet)
        elif record.kind == _SHEET and len(record.body) >= 4:
            sheets[struct.unpack_from("<I", record.body)[0]] = len(sheets)
        text = _text(record, boxed=boxed, unicode=unicode)
        boxed = record.kind == _TEXT_BOX and _has_text(record.body)
        if text.strip():
            found.setdefault(max(sheet, 0), []).append(text)
    return found


def _text(record: Record, *, boxed: bool, unicode: bool) -> str:
    body = record.body
    if boxed and record.kind == _CONTINUE and body:
        return _characters(body[1:], wide=bool(body[0] & 1))
    if record.kind == _CHART_TEXT and len(body) > 3:
        return _short(body[2:], unicode=unicode)
    if record.kind in _MARGINS and len(body) > 3:
        return _margin(body, unicode=unicode)
    if record.kind == _COMMENT_95 and not unicode and len(body) > 6:
        return _characters(body[6:], wide=False)
    return ""


def _has_text(body: bytes) -> bool:
    return len(body) >= 12 and struct.unpack_from("<H", body, 10)[0] > 0


def _short(body: bytes, *, unicode: bool) -> str:
    """A string behind one byte of length."""
    if not unicode:
        return _characters(body[1 : 1 + body[0]], wide=False)
    wide = bool(body[1] & 1)
    return _characters(body[2 : 2 + body[0] * (1 + wide)], wide=wide)


def _margin(body: bytes, *, unicode: bool) -> str:
    """A header or footer: two bytes of length in Unicode workbooks, one in older ones."""
    if not unicode:
        return _characters(body[1:], wide=False)
    return _characters(body[3:], wide=bool(body[2] & 1))


def _characters(data: bytes, *, wide: bool) -> str:
    return data.decode("utf-16-le" if wide else "cp1252", "replace")
