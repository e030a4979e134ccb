"""Blocks as parts of a Word document."""

from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Drawn

from app.example.making.look import (
    AMBER,
    ICE,
    INK,
    LINE,
    SLATE,
    TEAL,
    WHITE,
    is_of_numbers,
    runs,
    shares,
)
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

_WIDTH = 17.0


def write(
    paragraph: Drawn, text: str, size: float | None = None, colour: str = "", bold: bool = False
) -> None:
    """The text with its bold pieces."""
    for piece, is_bold in runs(text):
        run = paragraph.add_run(piece)
        if bold or is_bold:
            run.bold = True
        if size:
            run.font.size = Pt(size)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)


def banded(cell: _Cell, colour: str, padding: int, bar: str = "") -> None:
    """A filled cell with room around its words, and perhaps a bar on its left."""
    sides = "".join(
        f'<w:{side} w:w="{padding * 10}" w:type="dxa"/>'
        for side in ("top", "left", "bottom", "right")
    )
    edge = f'<w:left w:val="single" w:sz="24" w:color="{bar}"/>' if bar else ""
    properties = cell._tc.get_or_add_tcPr()
    for made in (
        f"<w:tcBorders {nsdecls('w')}>{edge}</w:tcBorders>" if edge else "",
        f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>',
        f"<w:tcMar {nsdecls('w')}>{sides}</w:tcMar>",
    ):
        if made:
            properties.append(parse_xml(made))


def add_block(document: Doc, block: Block) -> None:
    """One block at the end of the document."""
    match block:
        case Heading(text):
            document.add_heading(text, level=2)
        case Paragraph(text):
            write(document.add_paragraph(), text)
        case Bullets(items, is_numbered):
            _add_list(document, items, is_numbered)
        case Quote(text, by):
            _add_box(document, f"“{text}”", by, WHITE)
        case Callout(text):
            _add_box(document, f"**{text}**", "", ICE)
        case Table(rows):
            _add_table(document, rows)
        case Chart(_, title, rows):
            write(document.add_paragraph(), f"**{title}**")
            _add_table(document, rows)
        case Figures(cards):
            _add_cards(document, cards)


def _add_list(document: Doc, items: tuple[str, ...], is_numbered: bool) -> None:
    """Numbers are written out, since Word would count on from the list before."""
    for number, one in enumerate(items, start=1):
        paragraph = document.add_paragraph(style=None if is_numbered else "List Bullet")
        if is_numbered:
            layout = paragraph.paragraph_format
            layout.left_indent, layout.first_line_indent = Cm(0.8), Cm(-0.8)
            layout.tab_stops.add_tab_stop(Cm(0.8))
            write(paragraph, f"**{number}.**\t")
        paragraph.paragraph_format.space_after = Pt(5)
        write(paragraph, one)


def _tidy(table: Grid, document: Doc) -> None:
    table.autofit = False
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = 0.7


def _add_box(document: Doc, text: str, by: str, colour: str) -> None:
    table = document.add_table(rows=1, cols=1)
    cell = table.cell(0, 0)
    banded(cell, colour, 14, bar=AMBER)
    cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    write(cell.paragraphs[0], text, 13 if by else None)
    if by:
        said = cell.add_paragraph()
        said.paragraph_format.space_after = Pt(0)
        write(said, by, 10, SLATE, bold=True)
    _tidy(table, document)


def _add_cards(document: Doc, cards: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(rows=1, cols=len(cards))
    for cell, (value, label) in zip(table.rows[0].cells, cards, strict=True):
        banded(cell, ICE, 12)
        cell.width = Cm(_WIDTH / len(cards))
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        write(cell.paragraphs[0], value, 20, TEAL, bold=True)
        write(cell.add_paragraph(), label, 10, SLATE)
    _tidy(table, document)


def _add_table(document: Doc, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(parse_xml(_BORDERS))
    widths = [Cm(_WIDTH * share) for share in shares(rows)]
    right = [is_of_numbers(rows, column) for column in range(len(rows[0]))]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.width = widths[column]
            banded(cell, INK if number == 0 else ICE if number % 2 == 0 else WHITE, 9)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if right[column]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            colour = WHITE if number == 0 else INK
            write(paragraph, rows[number][column], 11, colour, bold=number == 0 or column == 0)
    _tidy(table, document)


_BORDERS = (
    f"<w:tblBorders {nsdecls('w')}>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    + "</w:tblBorders>"
)
