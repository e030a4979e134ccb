"""The empty presentation: two layouts that carry Larkfield's colours, mark and foot."""

import re
from html import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Inches

from app.example.making.look import (
    AMBER,
    CHART_COLOURS,
    COMPANY,
    FIELD,
    ICE,
    INK,
    LINE,
    MIST,
    SLATE,
    TEAL,
    WHITE,
    WING,
)

COVER, CONTENT = 0, 1
WIDTH, HEIGHT = 13.333, 7.5
_EMU = 914_400
_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_TITLE_ONLY = 5
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
# A line of temperatures that leaves its band once and returns.
_CURVE = ((0, 60), (18, 52), (34, 66), (50, 48), (62, 12), (70, 8), (80, 44), (100, 58))


def empty_deck(title: str, label: str, version: int) -> Deck:
    """A presentation without slides, in 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    cover, content = deck.slide_layouts[0], deck.slide_layouts[_TITLE_ONLY]
    for layout in list(deck.slide_layouts):
        if layout not in (cover, content):
            deck.slide_layouts.remove(layout)
    _colour_theme(deck)
    _prepare(cover, (0.9, 2.3, 8.6, 1.9), (0.9, 4.3, 6.5, 1.2))
    _prepare(content, (0.6, 0.35, 12.1, 0.95), None)
    foot = f"{title}  |  Version {version}"
    _decorate(cover, _cover(label, version))
    _decorate(content, _content(foot))
    return deck


def _colour_theme(deck: Deck) -> None:
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    colours = {"dk2": INK, "lt2": ICE, "hlink": TEAL, "folHlink": SLATE}
    accents = (*CHART_COLOURS, SLATE, LINE)
    colours |= {f"accent{number}": one for number, one in enumerate(accents, start=1)}
    for name, colour in colours.items():
        made = f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", made, text, flags=re.DOTALL)
    text = text.replace("Calibri", "Arial").replace("Office Theme", COMPANY)
    theme._blob = text.encode()


Place = tuple[float, float, float, float]


def _prepare(layout: SlideLayout, title: Place, subtitle: Place | None) -> None:
    """Keep the title (and the subtitle), at its place."""
    places = {0: title, 1: subtitle}
    for shape in list(layout.placeholders):
        place = places.get(shape.placeholder_format.idx)
        if place is None:
            layout.shapes._spTree.remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in place)


def _decorate(layout: SlideLayout, shapes: list[str]) -> None:
    tree = layout.shapes._spTree
    for number, shape in enumerate(shapes):
        tree.insert(2 + number, parse_xml(shape))


def _cover(label: str, version: int) -> list[str]:
    return [
        _rectangle(0, 0, WIDTH, HEIGHT, INK),
        _rectangle(0, 5.55, WIDTH, 0.02, SLATE),
        _rectangle(0, 6.3, WIDTH, 0.02, SLATE),
        _line(_CURVE, (7.4, 1.2, 5.94, 5.6), TEAL, 5),
        _rectangle(0.9, 2.05, 1.1, 0.07, AMBER),
        *_mark(0.9, 0.7, 0.55, TEAL),
        _words(1.55, 0.7, 4, 0.55, COMPANY, 22, WHITE, bold=True),
        _words(0.9, 6.6, 6, 0.4, f"{label}  |  Version {version}", 12, MIST),
    ]


def _content(foot: str) -> list[str]:
    return [
        _rectangle(0, 0, 0.14, HEIGHT, TEAL),
        _rectangle(0.6, 1.32, 12.13, 0.02, LINE),
        *_mark(0.6, 7.02, 0.26, TEAL),
        _words(0.9, 6.98, 1.6, 0.34, COMPANY, 11, INK, bold=True),
        _words(2.5, 6.98, 8.4, 0.34, foot, 10, SLATE),
        _words(11.7, 6.98, 1.03, 0.34, "", 10, SLATE, number=True),
    ]


def title_colour(layout: int) -> str:
    """The colour of a title on that layout."""
    return WHITE if layout == COVER else INK


def _mark(left: float, top: float, size: float, colour: str) -> list[str]:
    place = (left, top, size, size)
    return [
        _rectangle(left, top, size, size, colour, shape="roundRect"),
        _polygon(WING, place, WHITE),
        _polygon(FIELD, place, AMBER),
    ]


def _shape(place: Place, inside: str, text: str = "<a:p/>") -> str:
    left, top, width, height = (round(one * _EMU) for one in place)
    return (
        f'<p:sp {_NAMESPACES}><p:nvSpPr><p:cNvPr id="{900 + left % 97}" name="Larkfield"/>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>{inside}'
        f'</p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" rIns="0" tIns="0" bIns="0" '
        f'anchor="ctr"/><a:lstStyle/>{text}</p:txBody></p:sp>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _rectangle(
    left: float, top: float, width: float, height: float, colour: str, shape: str = "rect"
) -> str:
    inside = (
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>{_fill(colour)}<a:ln><a:noFill/></a:ln>'
    )
    return _shape((left, top, width, height), inside)


def _path(points: tuple[tuple[int, int], ...], closed: bool) -> str:
    steps = [f'<a:pt x="{x}" y="{y}"/>' for x, y in points]
    drawn = "".join(f"<a:lnTo>{one}</a:lnTo>" for one in steps[1:]) + "<a:close/>" * closed
    fill = "" if closed else ' fill="none"'
    return (
        f'<a:custGeom><a:avLst/><a:pathLst><a:path w="100" h="100"{fill}>'
        f"<a:moveTo>{steps[0]}</a:moveTo>{drawn}</a:path></a:pathLst></a:custGeom>"
    )


def _polygon(points: tuple[tuple[int, int], ...], place: Place, colour: str) -> str:
    return _shape(place, f"{_path(points, True)}{_fill(colour)}<a:ln><a:noFill/></a:ln>")


def _line(points: tuple[tuple[int, int], ...], place: Place, colour: str, width: int) -> str:
    line = f'<a:ln w="{width * 12_700}" cap="rnd">{_fill(colour)}<a:round/></a:ln>'
    return _shape(place, f"{_path(points, False)}<a:noFill/>{line}")


def _words(
    left: float,
    top: float,
    width: float,
    height: float,
    text: str,
    size: int,
    colour: str,
    bold: bool = False,
    number: bool = False,
) -> str:
    style = f'<a:rPr lang="en-GB" sz="{size * 100}" b="{int(bold)}">{_fill(colour)}</a:rPr>'
    run = f"<a:r>{style}<a:t>{escape(text)}</a:t></a:r>"
    if number:
        run = f'<a:fld id="{_FIELD}" type="slidenum">{style}<a:t>#</a:t></a:fld>'
    align = ' algn="r"' if number else ""
    inside = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
    return _shape((left, top, width, height), inside, f"<a:p><a:pPr{align}/>{run}</a:p>")
