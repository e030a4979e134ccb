"""Excel 5 to 2003 and the binary xlsb: cells by python-calamine, the rest by our own walk."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from ..compound import BadCompound, Compound
from .biff import words_by_sheet
from .document import DAMAGED, LOCKED, TOO_LARGE, Document, Refused
from .package import Package
from .sheet_cells import plain_figure, written
from .xlsx import beside_cells, margin_text

_STREAM_SIZE = 128_000_000
_MOST_CELLS = 6_000_000
_SHEET_NUMBER = re.compile(r"(\d+)\.bin$")

Value = int | float | str | bool | time | date | datetime | timedelta


def read(file: BinaryIO, document: Document) -> None:
    """Add every sheet of an old workbook."""
    try:
        compound = Compound(file)
        stream = next(each for each in compound.names if each.lower() in ("workbook", "book"))
        beside = words_by_sheet(compound.stream(stream, _STREAM_SIZE))
    except (BadCompound, StopIteration) as error:
        raise Refused(DAMAGED) from error
    _add_sheets(file, document, lambda number: list(map(margin_text, beside.get(number, []))))


def read_binary(file: BinaryIO, document: Document) -> None:
    """Add every sheet of an xlsb workbook, whose drawings and charts are XML as in xlsx."""
    package = Package(file)
    package.put_title(document)
    parts = [each for each in package.names("xl/worksheets/") if _SHEET_NUMBER.search(each)]
    parts.sort(key=_number)

    def beside(number: int) -> list[str]:
        return list(beside_cells(package, parts[number])) if number < len(parts) else []

    _add_sheets(file, document, beside)


def _add_sheets(file: BinaryIO, document: Document, beside: Callable[[int], list[str]]) -> None:
    file.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        for number, sheet in enumerate(workbook.sheet_names):
            lines = _rows(workbook.get_sheet_by_index(number), document)
            document.add(sheet, "\n".join([*lines, *beside(number)]))
    except PasswordError as error:
        raise Refused(LOCKED) from error
    except CalamineError as error:
        raise Refused(DAMAGED) from error


def _rows(sheet: CalamineSheet, document: Document) -> list[str]:
    if sheet.height * sheet.width > _MOST_CELLS:
        raise Refused(TOO_LARGE)
    lines, length = [], 0
    for row in sheet.iter_rows():
        line = "\t".join(word for cell in row if (word := _word(cell)))
        length += len(line) + 1
        document.expect(length)
        lines.append(line)
    return lines


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return plain_figure(value)
    if isinstance(value, datetime):
        return written(value, times=value.time() != time())
    return str(value)


def _number(part: str) -> int:
    found = _SHEET_NUMBER.search(part)
    return int(found.group(1)) if found else 0
