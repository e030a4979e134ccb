"""The words of worksheet cells: shared and inline strings, figures, dates by their format."""

import re
from datetime import datetime, timedelta

from .xml import Element, name, text_of

# The formats every workbook has without naming them (ECMA-376, part 1, 18.8.30): dates, percent.
BUILT_IN = {
    **dict.fromkeys(("14", "15", "16", "17", "27", "30", "36", "50", "57"), "yyyy-mm-dd"),
    **dict.fromkeys(("18", "19", "20", "21", "45", "46", "47"), "hh:mm"),
    "22": "yyyy-mm-dd hh:mm",
    "9": "0%",
    "10": "0.00%",
}
_NOT_CODES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY_CODES = re.compile("[dy]", re.IGNORECASE)
_TIME_CODES = re.compile("[hs]", re.IGNORECASE)
_LAST_DAY = 2_958_466


class Cells:
    """Turns rows into words, given a workbook's strings and the formats of its styles."""

    def __init__(self, strings: list[str], formats: list[str], starts_1904: bool) -> None:
        self._strings = strings
        self._kinds = [_date_kind(each) for each in formats]
        self._percent = [_NOT_CODES.sub("", each).rstrip().endswith("%") for each in formats]
        self._start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30)  # noqa: DTZ001

    def row(self, row: Element) -> list[str]:
        """The words of the cells that hold any, from left to right."""
        return [text for cell in row if (text := self._cell(cell))]

    def _cell(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return rich_text(cell)
        value = next((each.text or "" for each in cell if each.tag.endswith("}v")), "")
        if kind == "s":
            return self._string(value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._figure(value, cell.get("s", "")) if kind == "n" else value

    def _string(self, value: str) -> str:
        at = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1
        return self._strings[at] if 0 <= at < len(self._strings) else ""

    def _figure(self, value: str, style: str) -> str:
        try:
            number = float(value)
            days, times = self._kinds[int(style)] if style else (False, False)
            percent = self._percent[int(style)] if style else False
        except (ValueError, IndexError):
            return value
        if (days or times) and 0 <= number < _LAST_DAY:
            return self._moment(number, days=days, times=times)
        return f"{round(number * 100, 4):g}%" if percent else plain_figure(number)

    def _moment(self, number: float, *, days: bool, times: bool) -> str:
        moment = self._start + timedelta(seconds=round(number * 86_400))
        return written(moment, days=days, times=times)


def written(moment: datetime, *, days: bool = True, times: bool = True) -> str:
    """A date, a time of day, or both; seconds only where there are any."""
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M") if times else ""
    day = moment.strftime("%Y-%m-%d") if days else ""
    return f"{day} {clock}".strip()


def plain_figure(number: float) -> str:
    """A figure as Excel shows it in a wide cell: fifteen digits, no exponent, no idle zeros."""
    text = f"{number:.15g}"
    return f"{number:.0f}" if "e+" in text and abs(number) < 1e20 else text


def rich_text(element: Element) -> str:
    """A string's runs joined, then the readings of Japanese words that it carries."""
    pieces, readings = [], []
    for child in element:
        kind = name(child.tag)
        if kind == "x:t":
            pieces.append(text_of(child))
        elif kind == "x:rPh":
            readings.append(rich_text(child))
        else:
            pieces.append(rich_text(child))
    return " ".join(filter(None, ("".join(pieces), "".join(readings))))


def _date_kind(code: str) -> tuple[bool, bool]:
    """Whether a number format shows a day, and whether it shows a time."""
    bare = _NOT_CODES.sub("", code.partition(";")[0])
    if "general" in bare.lower():
        return False, False
    return bool(_DAY_CODES.search(bare)), bool(_TIME_CODES.search(bare))
