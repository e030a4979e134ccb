"""Draws one block, or one run of text, on a slide."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from pptx.chart.chart import Chart as DrawnChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Inches, Pt

from app.example.making.look import (
    AMBER,
    CHART_COLOURS,
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
from app.example.making.slide_measure import (
    CARD,
    CELL_ENDS,
    CELL_SIDES,
    Flow,
    row_heights,
    space_after,
    table_size,
)
from app.example.pages import Bullets, Callout, Chart, Figures, Heading, Paragraph, Quote, Table

Place = tuple[float, float, float, float]
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SHAPES = {
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
}


def block_of_colour(slide: Slide, place: Place, colour: str) -> TextFrame:
    """A filled rectangle; its frame is for words in it."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(one) for one in place))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour)
    shape.line.fill.background()
    for style in list(shape._element.iter(f"{{{_P}}}style")):
        shape._element.remove(style)  # or else it has a shadow
    return _framed(shape.text_frame, 0.25)


def _framed(frame: TextFrame, sides: float) -> TextFrame:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Inches(sides)
    frame.margin_top = frame.margin_bottom = Pt(0)
    return frame


def write(paragraph: _Paragraph, text: str, size: float, colour: str, bold: bool = False) -> None:
    """The text with its bold pieces."""
    for piece, is_bold in runs(text):
        run = paragraph.add_run()
        run.text = piece
        run.font.size = Pt(size)
        run.font.bold = bold or is_bold
        run.font.color.rgb = RGBColor.from_string(colour)


def draw_text(
    slide: Slide, flow: Sequence[Flow], place: Place, size: float, spare: float = 0
) -> None:
    """Running text in one box; spare inches go between its paragraphs."""
    frame = slide.shapes.add_textbox(*(Inches(one) for one in place)).text_frame
    _framed(frame, 0)
    pieces = [piece for block in flow for piece in _pieces(block, size)]
    extra = min(spare * 72 / len(pieces), size * 0.6)
    for paragraph, (text, points, colour, bold, mark) in zip_longest(frame.paragraphs, pieces):
        paragraph = paragraph or frame.add_paragraph()
        write(paragraph, text, points, colour, bold)
        paragraph.space_after = Pt(space_after(size) + extra)
        if mark:
            _hang(paragraph, mark, size)
    for block in flow:
        if isinstance(block, Quote):
            block_of_colour(slide, (place[0] - 0.25, place[1], 0.07, place[3] - 0.2), AMBER)


def _pieces(block: Flow, size: float) -> list[tuple[str, float, str, bool, str]]:
    """Each paragraph: its text, size, colour, weight, and the mark before it."""
    match block:
        case Heading(text):
            return [(text, size + 1, TEAL, True, "")]
        case Paragraph(text):
            return [(text, size, INK, False, "")]
        case Quote(text, by):
            said = [(f"“{text}”", size + 2, INK, False, "")]
            return said + [(by, size - 2, SLATE, True, "")] * bool(by)
        case Bullets(items, is_numbered):
            mark = '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'
            if not is_numbered:
                mark = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
            return [(one, size, INK, False, mark) for one in items]


def _hang(paragraph: _Paragraph, mark: str, size: float) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = round(size * 1.3 * 12_700)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    made = parse_xml(
        f'<a:pPr xmlns:a="{_A}"><a:buClr><a:srgbClr val="{TEAL}"/></a:buClr>{mark}</a:pPr>'
    )
    properties.extend(list(made))


def draw_callout(slide: Slide, callout: Callout, place: Place, size: float) -> None:
    """A bar with the sentence to take away."""
    frame = block_of_colour(slide, place, ICE)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    write(frame.paragraphs[0], callout.text, size, INK, bold=True)
    block_of_colour(slide, (place[0], place[1], 0.09, place[3]), AMBER)


def draw_figures(slide: Slide, figures: Figures, place: Place) -> None:
    """Large numbers side by side."""
    left, top, width, _ = place
    each = (width + 0.2) / len(figures.cards)
    for number, (value, label) in enumerate(figures.cards):
        frame = block_of_colour(slide, (left + number * each, top, each - 0.2, CARD), ICE)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = Inches(0.15)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        write(frame.paragraphs[0], value, 30 if each > 2.2 else 22, TEAL, bold=True)
        below = frame.add_paragraph()
        below.alignment = PP_ALIGN.LEFT
        write(below, label, 14 if each > 2.2 else 12, SLATE)


def draw_table(slide: Slide, table: Table, place: Place, size: float) -> None:
    """A table with a dark head and fine bands."""
    rows, (left, top, width, most) = table.rows, place
    heights = row_heights(table, size, width)
    stretch = max(1.0, most / sum(heights))
    frame = slide.shapes.add_table(
        len(rows), len(rows[0]), Inches(left), Inches(top), Inches(width), Inches(sum(heights))
    )
    for style in frame._element.iter(f"{{{_A}}}tableStyleId"):
        style.text = _NO_STYLE
    drawn = frame.table
    for column, share in enumerate(shares(rows)):
        drawn.columns[column].width = Inches(width * share)
    right = [is_of_numbers(rows, column) for column in range(len(rows[0]))]
    for number, high in enumerate(heights):
        drawn.rows[number].height = Inches(high * stretch)
        for column in range(len(rows[0])):
            cell = drawn.cell(number, column)
            _fill(cell, rows[number][column], number, column, table_size(size), right[column])


def _fill(cell: _Cell, text: str, row: int, column: int, size: float, right: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(INK if row == 0 else ICE if row % 2 else WHITE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(CELL_SIDES / 2)
    cell.margin_top = cell.margin_bottom = Inches(CELL_ENDS / 2)
    paragraph = cell.text_frame.paragraphs[0]
    write(paragraph, text, size, WHITE if row == 0 else INK, bold=row == 0 or column == 0)
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT


def draw_chart(slide: Slide, chart: Chart, place: Place) -> None:
    """A chart that can be edited, with its figures inside."""
    data = CategoryChartData()
    data.categories = chart.categories
    for name, values in chart.series:
        data.add_series(name, values)
    left, top, width, high = (Inches(one) for one in place)
    # The annotations of python-pptx are wrong here: it takes these data, and answers a frame.
    add: Callable[..., Any] = slide.shapes.add_chart
    _style(add(_SHAPES[chart.shape], left, top, width, high, data).chart, chart)


def _style(drawn: DrawnChart, chart: Chart) -> None:
    drawn.font.size, drawn.font.color.rgb = Pt(12), RGBColor.from_string(SLATE)
    drawn.has_title = True
    drawn.chart_title.text_frame.text = chart.title
    title = drawn.chart_title.text_frame.paragraphs[0].runs[0].font
    title.size, title.bold, title.color.rgb = Pt(13), True, RGBColor.from_string(INK)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.value_axis.visible = chart.shape == "line"
    drawn.value_axis.has_major_gridlines = chart.shape == "line"
    if chart.shape == "line":
        grid = drawn.value_axis.major_gridlines.format.line
        grid.color.rgb, grid.width = RGBColor.from_string(LINE), Pt(0.75)
        drawn.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = drawn.plots[0]
    if chart.shape != "line":
        plot.gap_width = 60
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(11)
        if chart.shape == "stacked":
            plot.data_labels.font.color.rgb = RGBColor.from_string(WHITE)
    if chart.shape == "bars":
        drawn.category_axis.reverse_order = True
    for series, colour in zip(plot.series, CHART_COLOURS, strict=False):
        line = series.format.line if chart.shape == "line" else series.format
        line.fill.solid()
        line.fill.fore_color.rgb = RGBColor.from_string(colour)
        if chart.shape == "line":
            series.smooth = False
