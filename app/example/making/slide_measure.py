"""How high things become on a slide, so that everything fits before anything is drawn."""

from collections.abc import Sequence
from itertools import groupby

from reportlab.lib.utils import simpleSplit

from app.example.making.look import plain, shares
from app.example.pages import (
    Block,
    Bullets,
    Callout,
    Chart,
    Figures,
    Heading,
    Paragraph,
    Quote,
    Table,
)

Flow = Heading | Paragraph | Bullets | Quote
LARGEST, SMALLEST = 22, 11
GAP = 0.16
CARD = 1.4
CELL_SIDES, CELL_ENDS = 0.16, 0.1
_SLACK = 0.94
_SPACING = 1.2


class DoesNotFit(ValueError):
    """More is on a page than it can hold in a readable size."""


def lines(text: str, size: float, width: float, bold: bool = False) -> int:
    """How many lines a text takes in Arial (whose widths are Helvetica's); inches."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    return max(1, len(simpleSplit(plain(text), font, size, width * 72 * _SLACK)))


def _inches(count: int, size: float) -> float:
    return count * size * _SPACING / 72


def space_after(size: float) -> float:
    """Points below a paragraph."""
    return size * 0.55


def text_height(block: Flow, size: float, width: float) -> float:
    """Of running text, with the space below each paragraph."""
    after = space_after(size) / 72
    match block:
        case Heading(text):
            return _inches(lines(text, size + 1, width, True), size + 1) + after
        case Paragraph(text):
            return _inches(lines(text, size, width), size) + after
        case Quote(text, by):
            said = _inches(lines(text, size + 2, width - 0.3), size + 2) + after
            return said + (_inches(lines(by, size - 2, width - 0.3), size - 2) + after if by else 0)
        case Bullets(items):
            inner = width - size * 1.3 / 72
            return sum(_inches(lines(one, size, inner), size) + after for one in items)


def table_size(size: float) -> float:
    """The type in tables is a little smaller."""
    return min(18, max(size - 2, SMALLEST - 0.5))


def row_heights(table: Table, size: float, width: float) -> list[float]:
    """Of each row of a table."""
    small = table_size(size)
    widths = [share * width - CELL_SIDES for share in shares(table.rows)]
    return [
        _inches(
            max(lines(cell, small, w, True) for cell, w in zip(row, widths, strict=True)), small
        )
        + CELL_ENDS
        for row in table.rows
    ]


def height(block: Block, size: float, width: float) -> float:
    """Of any block, with the gap below what is not running text."""
    match block:
        case Table():
            return sum(row_heights(block, size, width)) + GAP
        case Figures():
            return CARD + GAP
        case Chart():
            return 2.6 + GAP
        case Callout(text):
            return _inches(lines(text, size, width - 0.5, True), size) + 0.26 + GAP
        case _:
            return text_height(block, size, width)


def stack_height(blocks: Sequence[Block], size: float, width: float) -> float:
    """Of blocks one below the other; each run of text is one box with a gap below."""
    runs = sum(1 for is_text, _ in groupby(blocks, key=is_flow) if is_text)
    return sum(height(one, size, width) for one in blocks) + runs * GAP


def is_flow(block: Block) -> bool:
    """Whether it is running text."""
    return isinstance(block, Heading | Paragraph | Bullets | Quote)
