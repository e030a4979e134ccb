"""Blocks as things that reportlab sets on a page."""

from collections.abc import Sequence
from html import escape
from itertools import chain

from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable, Spacer
from reportlab.platypus import Paragraph as Set
from reportlab.platypus import Table as Grid

from app.example.making.look import (
    AMBER,
    CHART_COLOURS,
    ICE,
    INK,
    LINE,
    SLATE,
    TEAL,
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


def ruled(
    text: str, width: float, size: float, font: str = "Helvetica-Bold"
) -> tuple[list[str], float]:
    """The lines of a title, in type small enough for three of them."""
    while len(found := simpleSplit(text, font, size, width)) > 3:
        size -= 1
    return found, size


def heading(text: str) -> Flowable:
    """The title of a page."""
    return Set(escape(text), _style(19, INK, bold=True, after=10))


def _style(
    size: float,
    colour: str = INK,
    bold: bool = False,
    after: float = 0,
    indent: float = 0,
    right: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        "one",
        fontName="Helvetica-Bold" if bold else "Helvetica",
        fontSize=size,
        leading=size * 1.34,
        textColor=HexColor(f"#{colour}"),
        spaceAfter=after,
        leftIndent=indent,
        bulletIndent=max(0, indent - size * 1.2),
        bulletFontName="Helvetica-Bold",
        bulletFontSize=size,
        bulletColor=HexColor(f"#{TEAL}"),
        alignment=2 if right else 0,
        allowWidows=1,
    )


def _marked(text: str) -> str:
    return "".join(f"<b>{escape(one)}</b>" if bold else escape(one) for one, bold in runs(text))


def flowables(blocks: Sequence[Block], size: float, width: float) -> list[Flowable]:
    """Everything of a page below its title."""
    return list(chain.from_iterable(_flowables(block, size, width) for block in blocks))


def _flowables(block: Block, size: float, width: float) -> list[Flowable]:
    gap = size * 0.7
    match block:
        case Heading(text):
            return [
                Spacer(1, size * 0.4),
                Set(_marked(text), _style(size + 2, TEAL, True, gap / 2)),
            ]
        case Paragraph(text):
            return [Set(_marked(text), _style(size, after=gap))]
        case Bullets(items, is_numbered):
            marks = [f"{n}." if is_numbered else "•" for n in range(1, len(items) + 1)]
            style = _style(size, after=gap / 2, indent=size * 1.6)
            made = [Set(_marked(one), style, mark) for one, mark in zip(items, marks, strict=True)]
            return [*made, Spacer(1, gap / 2)]
        case Quote(text, by):
            said = [Set(f"“{_marked(text)}”", _style(size + 2.5, INK, after=3))]
            said += [Set(_marked(by), _style(size - 1, SLATE, True))] * bool(by)
            return [_boxed(said, width, None), Spacer(1, gap * 1.4)]
        case Callout(text):
            said = [Set(_marked(text), _style(size + 0.5, INK, True))]
            return [_boxed(said, width, ICE), Spacer(1, gap)]
        case Table(rows):
            return [_grid(rows, size - 0.5, width), Spacer(1, gap * 1.4)]
        case Figures(cards):
            return [_cards(cards, size, width), Spacer(1, gap * 1.4)]
        case Chart():
            return [_drawing(block, width), Spacer(1, gap)]


def _boxed(inside: list[Set], width: float, colour: str | None) -> Flowable:
    """Something with an amber bar on its left."""
    style: list[tuple[object, ...]] = [
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(f"#{AMBER}")),
        ("LEFTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    if colour:
        style.append(("BACKGROUND", (0, 0), (-1, -1), HexColor(f"#{colour}")))
    return Grid([[inside]], colWidths=[width], style=style)


def _grid(rows: tuple[tuple[str, ...], ...], size: float, width: float) -> Flowable:
    right = [is_of_numbers(rows, column) for column in range(len(rows[0]))]
    body, head = HexColor(f"#{ICE}"), HexColor(f"#{INK}")
    cells = [
        [
            Set(
                _marked(cell),
                _style(size, "FFFFFF" if n == 0 else INK, n == 0 or c == 0, right=right[c]),
            )
            for c, cell in enumerate(row)
        ]
        for n, row in enumerate(rows)
    ]
    style: list[tuple[object, ...]] = [
        ("BACKGROUND", (0, 0), (-1, 0), head),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor("#FFFFFF"), body]),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(f"#{LINE}")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
    ]
    return Grid(cells, colWidths=[share * width for share in shares(rows)], style=style)


def _cards(cards: tuple[tuple[str, str], ...], size: float, width: float) -> Flowable:
    large = 21 if len(cards) <= 3 else 17
    cells = [
        [
            Set(_marked(value), _style(large, TEAL, True, 2)),
            Set(_marked(label), _style(size - 1, SLATE)),
        ]
        for value, label in cards
    ]
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(f"#{ICE}")),
        ("LINEBEFORE", (1, 0), (-1, -1), 6, HexColor("#FFFFFF")),
        ("LEFTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Grid([cells], colWidths=[width / len(cards)] * len(cards), style=style)


def _drawing(chart: Chart, width: float) -> Flowable:
    drawing = Drawing(width, 190)
    drawing.add(
        String(
            0,
            176,
            chart.title,
            fontName="Helvetica-Bold",
            fontSize=10,
            fillColor=HexColor(f"#{INK}"),
        )
    )
    makers = {"bars": HorizontalBarChart, "line": HorizontalLineChart}
    made = makers.get(chart.shape, VerticalBarChart)()
    made.x, made.y = (110 if chart.shape == "bars" else 10), 34
    made.width, made.height = width - made.x - 40, 128
    made.data = [values for _, values in chart.series]
    made.categoryAxis.categoryNames = chart.categories
    made.categoryAxis.labels.fontSize = made.valueAxis.labels.fontSize = 8.5
    made.categoryAxis.strokeColor = HexColor(f"#{LINE}")
    made.valueAxis.valueMin = 0
    made.valueAxis.valueMax = 1.15 * max(max(values) for _, values in chart.series)
    for number, _ in enumerate(chart.series):
        colour = HexColor(f"#{CHART_COLOURS[number]}")
        if chart.shape == "line":
            made.lines[number].strokeColor, made.lines[number].strokeWidth = colour, 2
        else:
            made.bars[number].fillColor, made.bars[number].strokeColor = colour, None
    _label(made, chart)
    drawing.add(made)
    if len(chart.series) > 1:
        drawing.add(_legend(chart))
    return drawing


def _label(made: HorizontalBarChart | VerticalBarChart | HorizontalLineChart, chart: Chart) -> None:
    """Columns and bars carry their figures, so that they need no scale."""
    if chart.shape == "line":
        return
    made.valueAxis.visible = 0
    made.barLabelFormat = "%g"
    made.barLabels.fontSize = 8.5
    made.barLabels.nudge = 10
    if chart.shape == "bars":
        made.categoryAxis.reverseDirection = 1


def _legend(chart: Chart) -> Legend:
    legend = Legend()
    legend.x, legend.y, legend.alignment = 30, 10, "right"
    legend.fontSize, legend.columnMaximum, legend.deltax = 8.5, 1, 90
    legend.colorNamePairs = [
        (HexColor(f"#{CHART_COLOURS[number]}"), name)
        for number, (name, _) in enumerate(chart.series)
    ]
    return legend
