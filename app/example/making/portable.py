"""Makes a PDF: a cover or a masthead, then one page of A4 for each page of the text."""

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame

from app.example.catalogue import ExampleAsset, ExampleVersion
from app.example.making.look import (
    AMBER,
    COMPANY,
    FIELD,
    INK,
    LABELS,
    LINE,
    MIST,
    PLACE,
    SLATE,
    TEAL,
    WHITE,
    WING,
    plain,
)
from app.example.making.portable_parts import flowables, heading, ruled
from app.example.making.slide_measure import DoesNotFit
from app.example.pages import ExamplePage, Paragraph

_WIDTH: float = A4[0]
_HEIGHT: float = A4[1]
_SIDE, _FOOT = 54.0, 56.0
_SIZES = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)


def make(asset: ExampleAsset, version: ExampleVersion) -> bytes:
    """The file, without dates and without compression, which differs between machines."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(asset.title)
    canvas.setAuthor(COMPANY)
    canvas.setCreator(COMPANY)
    canvas.setSubject(asset.summary)
    for number, page in enumerate(version.pages, start=1):
        if number == 1 and page.is_plain:
            _cover(canvas, page, f"{LABELS[asset.kind]}  |  Version {version.number}")
        else:
            _page(canvas, page, number, asset, version)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _page(
    canvas: Canvas,
    page: ExamplePage,
    number: int,
    asset: ExampleAsset,
    version: ExampleVersion,
) -> None:
    if number == 1:
        top = _masthead(canvas, page.title, LABELS[asset.kind])
        head: list[Flowable] = []
    else:
        top = _running_head(canvas, asset.title)
        head = [heading(page.title)]
    _footer(canvas, number, f"Version {version.number}" if number == 1 else "")
    _fill(canvas, [*head], page, top)


def _fill(canvas: Canvas, head: Sequence[Flowable], page: ExamplePage, top: float) -> None:
    """The blocks, in the largest type with which they fit."""
    width, high = _WIDTH - 2 * _SIDE, top - _FOOT
    for size in _SIZES:
        flow = [*head, *flowables(page.blocks, size, width)]
        needed = sum(
            one.wrap(width, high)[1] + one.getSpaceAfter() + one.getSpaceBefore() for one in flow
        )
        if needed <= high - 4:
            frame = Frame(_SIDE, _FOOT, width, high, 0, 0, 0, 0)
            frame.addFromList(flow, canvas)
            if not flow:
                return
    raise DoesNotFit(f"“{page.title}” is too long for a page.")


def _mark(canvas: Canvas, left: float, bottom: float, size: float) -> None:
    canvas.setFillColor(HexColor(f"#{TEAL}"))
    canvas.roundRect(left, bottom, size, size, size * 0.16, stroke=0, fill=1)
    for points, colour in ((WING, WHITE), (FIELD, AMBER)):
        path = canvas.beginPath()
        for place, (x, y) in enumerate(points):
            step = path.lineTo if place else path.moveTo
            step(left + x * size / 100, bottom + size - y * size / 100)
        path.close()
        canvas.setFillColor(HexColor(f"#{colour}"))
        canvas.drawPath(path, stroke=0, fill=1)


def _words(
    canvas: Canvas,
    left: float,
    bottom: float,
    text: str,
    size: float,
    colour: str,
    bold: bool = False,
) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    canvas.setFillColor(HexColor(f"#{colour}"))
    canvas.drawString(left, bottom, text)


def _band(canvas: Canvas, bottom: float, height: float, colour: str) -> None:
    canvas.setFillColor(HexColor(f"#{colour}"))
    canvas.rect(0, bottom, _WIDTH, height, stroke=0, fill=1)


def _masthead(canvas: Canvas, title: str, label: str) -> float:
    """A dark band with the title; answers where the page goes on."""
    lines, size = ruled(title, _WIDTH - 2 * _SIDE, 23)
    high = 92 + len(lines) * size * 1.2
    _band(canvas, _HEIGHT - high, high, INK)
    _band(canvas, _HEIGHT - high - 4, 4, AMBER)
    _mark(canvas, _SIDE, _HEIGHT - 56, 22)
    _words(canvas, _SIDE + 29, _HEIGHT - 50, COMPANY, 14, WHITE, bold=True)
    canvas.setFont("Helvetica", 10)
    canvas.setFillColor(HexColor(f"#{MIST}"))
    canvas.drawRightString(_WIDTH - _SIDE, _HEIGHT - 50, label)
    for place, line in enumerate(lines):
        _words(
            canvas, _SIDE, _HEIGHT - 78 - (place + 0.75) * size * 1.2, line, size, WHITE, bold=True
        )
    return _HEIGHT - high - 24


def _running_head(canvas: Canvas, title: str) -> float:
    _mark(canvas, _SIDE, _HEIGHT - 46, 13)
    _words(canvas, _SIDE + 19, _HEIGHT - 43, title, 8.5, SLATE)
    canvas.setStrokeColor(HexColor(f"#{LINE}"))
    canvas.line(_SIDE, _HEIGHT - 54, _WIDTH - _SIDE, _HEIGHT - 54)
    return _HEIGHT - 74


def _footer(canvas: Canvas, number: int, version: str) -> None:
    """Whose page it is; the version stands on the first only: other pages stay as they are."""
    canvas.setStrokeColor(HexColor(f"#{LINE}"))
    canvas.line(_SIDE, 42, _WIDTH - _SIDE, 42)
    words = f"{PLACE}  |  {version}" if version else PLACE
    _words(canvas, _SIDE, 28, words, 8, SLATE)
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(_WIDTH - _SIDE, 28, str(number))


def _cover(canvas: Canvas, page: ExamplePage, label: str) -> None:
    _band(canvas, 0, _HEIGHT, INK)
    _mark(canvas, _SIDE, _HEIGHT - 96, 34)
    _words(canvas, _SIDE + 44, _HEIGHT - 87, COMPANY, 20, WHITE, bold=True)
    canvas.setStrokeColor(HexColor(f"#{TEAL}"))
    canvas.setLineWidth(4)
    canvas.setLineCap(1)
    path = canvas.beginPath()
    path.moveTo(0, 250)
    path.curveTo(160, 300, 240, 180, 330, 270)
    path.curveTo(390, 350, 400, 400, 430, 400)
    path.curveTo(470, 400, 480, 230, _WIDTH, 240)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setLineWidth(1)
    lines, size = ruled(page.title, _WIDTH - 2 * _SIDE, 32)
    top = _HEIGHT - 230
    canvas.setFillColor(HexColor(f"#{AMBER}"))
    canvas.rect(_SIDE, top + size + 14, 70, 5, stroke=0, fill=1)
    for line in lines:
        _words(canvas, _SIDE, top, line, size, WHITE, bold=True)
        top -= size * 1.2
    _cover_words(canvas, page, top)
    _words(canvas, _SIDE, 60, label, 10, MIST)
    _words(canvas, _SIDE, 44, PLACE, 10, MIST)


def _cover_words(canvas: Canvas, page: ExamplePage, top: float) -> None:
    top -= 8
    for block in page.blocks:
        if isinstance(block, Paragraph):
            lines, size = ruled(plain(block.text), _WIDTH - 2 * _SIDE - 40, 13, "Helvetica")
            for line in lines:
                _words(canvas, _SIDE, top, line, size, "E8F1F2")
                top -= size * 1.4
            top -= 8
