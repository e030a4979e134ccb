"""Word: pages by the breaks the file holds, text boxes, tables, notes, comments, headers."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from . import drawing
from .document import Document, first_line
from .package import Package
from .xml import Element, attribute, descendants, name, text_of

_CHARACTERS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:ptab": "\t"}
_LEFT_OUT = {"w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rt", "w:pPr", "w:rPr"}
_FIGURES = {"c:chart", "cx:chart", "dgm:relIds"}
_REFERENCES = {
    "w:footnoteReference": "footnotes",
    "w:endnoteReference": "endnotes",
    "w:commentReference": "comments",
}
_BREAK = "\x0c"


def read(file: BinaryIO, document: Document) -> None:
    """Add the pages; a document that was never laid out is one page."""
    package = Package(file)
    package.put_title(document)
    Story(package, package.main_part("word/document.xml")).put_pages(document)


class Story:
    """The main text of one document, read once from top to bottom."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._relations = package.relations(part)
        self._notes: dict[str, dict[str, list[str]]] = {}
        self._start_page()
        self._headings = self._heading_styles()
        self._notes = {kind: self._notes_by_id(kind) for kind in _REFERENCES.values()}

    def _start_page(self) -> None:
        self._lines: list[str] = []
        self._below: list[str] = []
        self._title = ""

    def put_pages(self, document: Document) -> None:
        """Walk the text; headers and footers go once to the end of the first page."""
        margins = list(dict.fromkeys(self._margins()))
        for line in self._blocks(self._package.xml(self._part)):
            before, *rest = line.split(_BREAK)
            self._lines.append(before)
            for after in rest:
                if self._has_words():
                    self._add_page(document, margins)
                    margins = []
                self._lines.append(after)
        self._below += self._unplaced_comments()
        if self._has_words() or self._below or not document.pages:
            self._add_page(document, margins)

    def _has_words(self) -> bool:
        return any(line.strip() for line in self._lines)

    def _add_page(self, document: Document, margins: list[str]) -> None:
        text = "\n".join(chain(self._lines, self._below, margins))
        document.add(self._title or first_line(text), text)
        self._start_page()

    def _blocks(self, element: Element) -> Iterator[str]:
        for child in drawing.chosen(element):
            kind = name(child.tag)
            if kind == "w:p":
                yield from self._paragraph(child)
            elif kind == "w:tr":
                yield self._row(child)
            elif kind not in _LEFT_OUT:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        boxes: list[str] = []
        text = "".join(self._inline(paragraph, boxes))
        start, end = self._breaks_around(paragraph)
        if start:
            yield start  # ends the page before, which must not be given this heading
        if not self._title and self._is_heading(paragraph):
            self._title = text.replace(_BREAK, " ")
        yield text
        yield from boxes
        if end:
            yield end

    def _breaks_around(self, paragraph: Element) -> tuple[str, str]:
        """A page break before the paragraph, and one after it where a section ends with it."""
        before, after = "", ""
        for each in _properties(paragraph, "w:pPr"):
            kind = name(each.tag)
            if kind == "w:pageBreakBefore" and attribute(each, "w:val") not in ("0", "false"):
                before = _BREAK
            elif kind == "w:sectPr":
                starts = [attribute(each, "w:val") for each in descendants(each, "w:type")]
                after = "" if starts and starts[0] in ("continuous", "nextColumn") else _BREAK
        return before, after

    def _inline(self, element: Element, boxes: list[str]) -> Iterator[str]:
        """The pieces of a paragraph; text boxes and figures in it are put into `boxes`."""
        for child in drawing.chosen(element):
            kind = name(child.tag)
            if kind in ("w:t", "m:t"):
                yield text_of(child)
            elif kind == "w:lastRenderedPageBreak" or _is_page_break(child, kind):
                yield _BREAK
            elif kind in _CHARACTERS:
                yield _CHARACTERS[kind]
            elif kind in _REFERENCES:
                notes = self._notes.get(_REFERENCES[kind], {})
                self._below += notes.pop(attribute(child, "w:id"), [])
            elif kind == "w:txbxContent":
                boxes += [line.replace(_BREAK, "\n") for line in self._blocks(child)]
            elif kind in _FIGURES:
                boxes += drawing.pointed(child, self._package, self._relations)
            elif kind == "a:p":
                boxes.append(drawing.inline(child))
            elif kind not in _LEFT_OUT:
                yield from self._inline(child, boxes)

    def _row(self, row: Element) -> str:
        """A table row: cells parted by tabs; a page break in a cell ends the page after the row."""
        cells = [" ".join(self._blocks(cell)) for cell in _cells(row)]
        text = "\t".join(cell.replace("\n", " ") for cell in cells)
        return text.replace(_BREAK, " ") + (_BREAK if _BREAK in text else "")

    def _is_heading(self, paragraph: Element) -> bool:
        for each in _properties(paragraph, "w:pPr"):
            if name(each.tag) == "w:pStyle":
                return attribute(each, "w:val") in self._headings
        return False

    def _heading_styles(self) -> set[str]:
        """The ids of the heading styles, which every language names as it likes."""
        found = set()
        for part in self._parts("styles"):
            root = self._package.side(part)
            for style in descendants(root, "w:style") if root is not None else ():
                called = [attribute(each, "w:val") for each in style if name(each.tag) == "w:name"]
                if called and called[0].lower().startswith(("heading", "title")):
                    found.add(attribute(style, "w:styleId"))
        return found

    def _parts(self, *kinds: str) -> list[str]:
        return [each.target for each in self._relations.values() if each.kind in kinds]

    def _notes_by_id(self, kind: str) -> dict[str, list[str]]:
        """Footnotes, endnotes or comments: lines by id; separators have no words."""
        found = {}
        for part in self._parts(kind):
            root = self._package.side(part)
            for note in root if root is not None else ():
                found[attribute(note, "w:id")] = self._plain(note)
        return found

    def _unplaced_comments(self) -> Iterator[str]:
        """Comments that nothing in the text points to."""
        return chain.from_iterable(self._notes["comments"].values())

    def _margins(self) -> Iterator[str]:
        for part in self._parts("header", "footer"):
            root = self._package.side(part)
            if root is not None:
                yield from (line for line in self._plain(root) if line.strip())

    def _plain(self, element: Element) -> list[str]:
        return [line.replace(_BREAK, "\n") for line in self._blocks(element)]


def _properties(paragraph: Element, wanted: str) -> Iterator[Element]:
    return (each for group in paragraph if name(group.tag) == wanted for each in group)


def _cells(element: Element) -> Iterator[Element]:
    """The cells of a row, also those inside content controls; not those of tables in cells."""
    for child in element:
        if name(child.tag) == "w:tc":
            yield child
        elif name(child.tag) not in _LEFT_OUT:
            yield from _cells(child)


def _is_page_break(element: Element, kind: str) -> bool:
    return kind == "w:br" and attribute(element, "w:type") == "page"
