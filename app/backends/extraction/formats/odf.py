"""OpenDocument: texts by their soft page breaks, slides with notes, sheets; all by their XML."""

from collections.abc import Iterator
from typing import BinaryIO

from .document import DAMAGED, LOCKED, Document, Refused, first_line, sensible_title
from .package import Package
from .xml import Element, attribute, descendants, name

_BREAK = "\x0c"
_PARAGRAPHS = ("text:p", "text:h")
_LEFT_OUT = {"text:tracked-changes", "text:sequence-decls", "office:forms", "draw:image"}
_ASIDE = {"text:note", "office:annotation", "draw:frame", "draw:custom-shape", "draw:g"}
_MARGINS = {
    f"style:{place}{which}" for place in ("header", "footer") for which in ("", "-left", "-first")
}
_MOST_REPEATS = 50


def read_text(file: BinaryIO, document: Document) -> None:
    """Add a text's pages, as the program that saved it laid them out."""
    package, body = _open(file, document, "office:text")
    lines: list[str] = []
    margins = _margins(package)
    title = ""
    for line, heading in _headed(package, body):
        before, *rest = line.split(_BREAK)
        lines.append(before)
        title = title or (before if heading else "")
        for after in rest:
            if any(map(str.strip, lines)):
                _add(document, title, lines + margins)
                title, margins, lines = "", [], []
            lines.append(after)
    if any(map(str.strip, lines)) or not document.pages:
        _add(document, title, lines + margins)


def read_slides(file: BinaryIO, document: Document) -> None:
    """Add every slide or drawing page, with its notes."""
    package, body = _open(file, document, "office:presentation", "office:drawing")
    for page in body:
        if name(page.tag) != "draw:page":
            continue
        text: list[str] = []
        notes: list[str] = []
        for shape in page:
            wanted = notes if name(shape.tag) == "presentation:notes" else text
            wanted += _blocks(package, shape)
        document.add(
            _slide_title(page) or first_line("\n".join(text)), "\n".join(text), "\n".join(notes)
        )


def read_sheets(file: BinaryIO, document: Document) -> None:
    """Add every sheet; headers and footers once, on the first."""
    package, body = _open(file, document, "office:spreadsheet")
    margins = _margins(package)
    for table in body:
        if name(table.tag) == "table:table":
            lines = [*_blocks(package, table), *margins]
            document.add(attribute(table, "table:name"), "\n".join(lines))
            margins = []


def _add(document: Document, title: str, lines: list[str]) -> None:
    text = "\n".join(lines)
    document.add(title or first_line(text), text)


def _open(file: BinaryIO, document: Document, *bodies: str) -> tuple[Package, Element]:
    package = Package(file)
    manifest = package.side("META-INF/manifest.xml")
    if manifest is not None and any(descendants(manifest, "manifest:encryption-data")):
        raise Refused(LOCKED)
    meta = package.side("meta.xml")
    for each in descendants(meta, "dc:title") if meta is not None else ():
        document.title = sensible_title(each.text or "")
    for each in package.xml("content.xml").iter():
        if name(each.tag) in bodies:
            return package, each
    raise Refused(DAMAGED)


def _headed(package: Package, body: Element) -> Iterator[tuple[str, bool]]:
    for block in body:
        if name(block.tag) == "text:soft-page-break":
            yield _BREAK, False
        else:
            for at, line in enumerate(_blocks(package, block)):
                yield line, at == 0 and name(block.tag) == "text:h"


def _blocks(package: Package, element: Element) -> Iterator[str]:
    """Each paragraph and each table row at or below an element."""
    kind = name(element.tag)
    if kind in _PARAGRAPHS:
        aside: list[str] = []
        yield _inline(package, element, aside)
        yield from aside
    elif kind == "table:table-row":
        yield _row(package, element)
    elif kind == "draw:object":
        yield from _object(package, element)
    elif kind not in _LEFT_OUT:
        for child in element:
            yield from _blocks(package, child)


def _inline(package: Package, element: Element, aside: list[str]) -> str:
    """The text of a paragraph; notes, comments and shapes in it are put into `aside`."""
    pieces = [element.text or ""]
    for child in element:
        kind = name(child.tag)
        if kind in _ASIDE:
            aside += _blocks(package, child)
        elif kind == "text:s":
            pieces.append(" " * min(_number(child, "text:c"), _MOST_REPEATS))
        elif kind in _CHARACTERS:
            pieces.append(_CHARACTERS[kind])
        elif kind not in ("text:ruby-text", *_LEFT_OUT):
            pieces.append(_inline(package, child, aside))
        pieces.append(child.tail or "")
    return "".join(pieces)


_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n", "text:soft-page-break": _BREAK}


def _row(package: Package, row: Element) -> str:
    """A row's cells parted by tabs; a cell repeated for its look alone is given once."""
    cells = []
    for cell in row:
        lines = [line.replace("\n", " ") for line in _blocks(package, cell)]
        repeats = min(_number(cell, "table:number-columns-repeated"), _MOST_REPEATS)
        cells += [" ".join(lines)] * (repeats if lines else 1)
    text = "\t".join(cells).rstrip("\t")
    return text.replace(_BREAK, " ") + (_BREAK if _BREAK in text else "")


def _object(package: Package, element: Element) -> Iterator[str]:
    """The words of an embedded chart or formula: labels, not figures."""
    target = attribute(element, ":href").removeprefix("./")
    root = package.side(f"{target}/content.xml") if target else None
    for each in descendants(root, "text:p") if root is not None else ():
        text = "".join(str(piece) for piece in each.itertext())
        if any(map(str.isalpha, text)):
            yield text


def _slide_title(page: Element) -> str:
    for frame in page:
        if attribute(frame, "presentation:class") == "title":
            return " ".join(str(piece) for piece in frame.itertext())
    return ""


def _margins(package: Package) -> list[str]:
    """The lines of all headers and footers, each once."""
    root = package.side("styles.xml")
    found: list[str] = []
    for each in root.iter() if root is not None else ():
        if name(each.tag) in _MARGINS and attribute(each, "style:display") != "false":
            found += _blocks(package, each)
    return [line for line in dict.fromkeys(found) if line.strip()]


def _number(element: Element, wanted: str) -> int:
    value = attribute(element, wanted)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 1
