"""Makes a presentation: lays out each page's blocks on a slide in the largest type that fits."""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Pt

from app.example.catalogue import ExampleAsset, ExampleVersion
from app.example.making.archive import packed
from app.example.making.look import COMPANY, ICE, LABELS, TEAL
from app.example.making.slide_master import CONTENT, COVER, empty_deck, title_colour
from app.example.making.slide_measure import (
    GAP,
    LARGEST,
    SMALLEST,
    DoesNotFit,
    height,
    is_flow,
    lines,
    stack_height,
)
from app.example.making.slide_parts import (
    Place,
    block_of_colour,
    draw_callout,
    draw_chart,
    draw_figures,
    draw_table,
    draw_text,
    write,
)
from app.example.pages import Block, Callout, Chart, ExamplePage, Figures, Heading, Table

_LEFT, _TOP, _WIDTH, _BOTTOM = 0.6, 1.52, 12.13, 6.82
_PAD = 0.2
_ROOMY = 0.6
_MOST_GROWTH = 1.55


def make(asset: ExampleAsset, version: ExampleVersion) -> bytes:
    """The file, with fixed dates."""
    deck = empty_deck(asset.title, LABELS[asset.kind], version.number)
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = asset.title, COMPANY, COMPANY
    about.subject, about.revision = asset.summary, version.number
    for number, page in enumerate(version.pages):
        _add(deck, page, is_cover=number == 0 and page.is_plain)
    target = io.BytesIO()
    deck.save(target)
    return packed(target.getvalue())


def _add(deck: Deck, page: ExamplePage, is_cover: bool) -> None:
    layout = COVER if is_cover else CONTENT
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    _put_title(slide, page.title, layout)
    if is_cover:
        _put_subtitle(slide, page)
    else:
        _compose(slide, page.blocks)
    if page.notes:
        notes = slide.notes_slide.notes_text_frame
        if notes is not None:
            notes.text = page.notes


def _put_title(slide: Slide, title: str, layout: int) -> None:
    shape = slide.shapes.title
    if shape is None:
        raise DoesNotFit("There is no place for a title.")
    frame, large = shape.text_frame, 40 if layout == COVER else 27
    width, most = (8.4, 3) if layout == COVER else (11.9, 2)
    while lines(title, large, width, bold=True) * large > most * (30 if layout == COVER else 24):
        large -= 1
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if layout == COVER else MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    frame.margin_left = 0
    write(frame.paragraphs[0], title, large, title_colour(layout), bold=True)


def _put_subtitle(slide: Slide, page: ExamplePage) -> None:
    frame = slide.placeholders[1].text_frame
    frame.word_wrap, frame.margin_left = True, 0
    texts = [one.text for one in page.blocks if not isinstance(one, Chart | Figures | Table)]  # type: ignore[union-attr]
    for number, text in enumerate(texts):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(6)
        write(paragraph, text, 18 if number == 0 else 14, ICE)


def _compose(slide: Slide, blocks: Sequence[Block]) -> None:
    """What comes first across the slide, then columns or a stack, callouts at the bottom."""
    callouts = [one for one in blocks if isinstance(one, Callout)]
    rest = [one for one in blocks if not isinstance(one, Callout)]
    size = _size(lambda s: _needed(rest, callouts, s))
    top, bottom = _TOP, _BOTTOM
    for callout in reversed(callouts):
        high = height(callout, size, _WIDTH) - GAP
        draw_callout(slide, callout, (_LEFT, bottom - high, _WIDTH, high), size)
        bottom -= high + GAP
    intro, columns = _split(rest)
    if intro:
        high = stack_height(intro, size, _WIDTH)
        _draw_stack(slide, intro, (_LEFT, top, _WIDTH, high), size)
        top += high
    _draw_columns(slide, columns, (top, bottom), size)


def _size(needed: Callable[[float], float]) -> float:
    for half in range(2 * LARGEST, 2 * SMALLEST - 1, -1):
        if needed(half / 2) <= _BOTTOM - _TOP:
            return half / 2
    raise DoesNotFit(f"A slide needs {needed(SMALLEST):.1f} inches.")


def _split(blocks: Sequence[Block]) -> tuple[list[Block], list[list[Block]]]:
    """What stands across the slide, and the columns below it."""
    heads = [place for place, one in enumerate(blocks) if isinstance(one, Heading)]
    if len(heads) >= 2:
        ends = [*heads[1:], len(blocks)]
        return list(blocks[: heads[0]]), [
            list(blocks[start:end]) for start, end in zip(heads, ends, strict=True)
        ]
    charts = [one for one in blocks if isinstance(one, Chart)]
    others = [one for one in blocks if not isinstance(one, Chart)]
    if charts and others:
        wide: list[Block] = [one for one in others if isinstance(one, Figures)]
        beside: list[list[Block]] = [[one] for one in charts]
        return wide, [[one for one in others if one not in wide], *beside]
    return [], [list(blocks)]


def _needed(rest: Sequence[Block], callouts: Sequence[Block], size: float) -> float:
    intro, columns = _split(rest)
    used = sum(height(one, size, _WIDTH) for one in callouts)
    used += stack_height(intro, size, _WIDTH) if intro else 0
    return used + sum(
        max(_column_height(column, size, width, len(columns)) for column, (_, width) in row)
        for row in _grid(columns)
    )


def _column_height(column: Sequence[Block], size: float, width: float, count: int) -> float:
    pad = 2 * _PAD if count > 1 and isinstance(column[0], Heading) else 0
    return stack_height(column, size, width - pad) + (pad + GAP if pad else 0)


Column = tuple[Sequence[Block], tuple[float, float]]


def _grid(columns: Sequence[Sequence[Block]]) -> Iterator[list[Column]]:
    """Rows of columns, each with its left edge and width."""
    across = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}[len(columns)]
    gutter = 0.3
    for start in range(0, len(columns), across):
        row = columns[start : start + across]
        width = (_WIDTH + gutter) / len(row)
        yield [
            (column, (_LEFT + place * width, width - gutter)) for place, column in enumerate(row)
        ]


def _draw_columns(
    slide: Slide, columns: Sequence[Sequence[Block]], span: tuple[float, float], size: float
) -> None:
    top, bottom = span
    rows = list(_grid(columns))
    needs = [
        max(_column_height(column, size, width, len(columns)) for column, (_, width) in row)
        for row in rows
    ]
    spare = min(max(0.0, bottom - top - sum(needs)) / len(rows), _ROOMY)
    for row, need in zip(rows, needs, strict=True):
        for column, (left, width) in row:
            high = bottom - top if len(rows) == 1 else need + spare
            if len(columns) > 1 and isinstance(column[0], Heading):
                _draw_card(slide, column, (left, top, width, need + spare - GAP), size)
            else:
                _draw_stack(slide, column, (left, top, width, high), size)
        top += need + spare


def _draw_card(slide: Slide, column: Sequence[Block], place: Place, size: float) -> None:
    left, top, width, _ = place
    block_of_colour(slide, place, "F4F8F8")
    block_of_colour(slide, (left, top, width, 0.06), TEAL)
    width -= 2 * _PAD
    inner = (left + _PAD, top + _PAD, width, stack_height(column, size, width))
    _draw_stack(slide, column, inner, size)


def _draw_stack(slide: Slide, blocks: Sequence[Block], place: Place, size: float) -> None:
    """Blocks one below the other; room to spare goes into rows of tables and between lines."""
    left, top, width, high = place
    spare = max(0.0, high - stack_height(blocks, size, width))
    for is_text, group in groupby(blocks, key=is_flow):
        members = list(group)
        if is_text:
            need = stack_height(members, size, width)
            draw_text(slide, members, (left, top, width, need), size, spare)  # type: ignore[arg-type]
            top += need
            continue
        for block in members:
            need = height(block, size, width)
            if not isinstance(block, Figures):
                grown = need if isinstance(block, Chart) else need * _MOST_GROWTH
                need += min(spare, max(grown, high if isinstance(block, Chart) else 0) - need)
            _draw(slide, block, (left, top, width, need - GAP), size)
            spare -= min(spare, need - height(block, size, width))
            top += need


def _draw(slide: Slide, block: Block, place: Place, size: float) -> None:
    match block:
        case Table():
            draw_table(slide, block, place, size)
        case Figures():
            draw_figures(slide, block, place)
        case Chart():
            draw_chart(slide, block, place)
        case _:
            raise DoesNotFit(f"A slide has no place for {block}.")
