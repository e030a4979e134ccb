"""Excel: a sheet is a page, with its cells, comments, margins, text boxes and chart words."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from . import drawing, sheet_cells
from .document import DAMAGED, Document, Refused
from .package import Package, Relation
from .xml import Element, attribute, descendants, name, stream, text_of

_MARGINS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_MARGIN_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+-]{6}|\d+|[LCR])')
_MARGIN_FIELDS = re.compile(r"&(?:[A-Z]|(&))")


def read(file: BinaryIO, document: Document) -> None:
    """Add every sheet in the order of the tabs, hidden ones and chart sheets too."""
    package = Package(file)
    package.put_title(document)
    main = package.main_part("xl/workbook.xml")
    relations = package.relations(main)
    root = package.xml(main)
    cells = sheet_cells.Cells(
        _shared(package, relations), _date_formats(package, relations), _starts_1904(root)
    )
    for each in descendants(root, "x:sheet"):
        relation = relations.get(attribute(each, "r:id"))
        if relation and relation.target in package:
            text = "\n".join(_sheet(package, relation.target, cells, document))
            document.add(attribute(each, ":name"), text)
    if not document.pages:
        raise Refused(DAMAGED)


def _shared(package: Package, relations: dict[str, Relation]) -> list[str]:
    """The workbook's strings, which cells point to by number."""
    for part in _targets(relations, "sharedStrings"):
        if part in package:
            with package.open(part) as source:
                return [sheet_cells.rich_text(each) for each in stream(source, "si")]
    return []


def _date_formats(package: Package, relations: dict[str, Relation]) -> list[str]:
    """The number format of every cell style, by the style's place."""
    for part in _targets(relations, "styles"):
        root = package.side(part)
        if root is not None:
            own = {
                attribute(each, ":numFmtId"): attribute(each, ":formatCode")
                for each in descendants(root, "x:numFmt")
            }
            ids = [
                attribute(style, ":numFmtId")
                for group in descendants(root, "x:cellXfs")
                for style in group
            ]
            return [own.get(each, sheet_cells.BUILT_IN.get(each, "")) for each in ids]
    return []


def _starts_1904(root: Element) -> bool:
    properties = next(descendants(root, "x:workbookPr"), None)
    return properties is not None and attribute(properties, ":date1904") in ("1", "true")


def _sheet(
    package: Package, part: str, cells: sheet_cells.Cells, document: Document
) -> Iterator[str]:
    margins: list[str] = []
    length = 0
    with package.open(part) as source:
        for each in stream(source, "row", *_MARGINS):
            if not name(each.tag).endswith(":row"):
                margins.append(text_of(each))
                continue
            for cell in (row := cells.row(each)):
                length += len(cell) + 1
            document.expect(length)
            yield "\t".join(row).rstrip("\t")
    yield from beside_cells(package, part)
    yield from map(margin_text, margins)


def beside_cells(package: Package, part: str) -> Iterator[str]:
    """The words of a sheet's drawings, charts and comments."""
    for relation in package.relations(part).values():
        root = package.side(relation.target) if relation.kind in _SIDES else None
        if root is None:
            continue
        if relation.kind in ("drawing", "chart"):
            yield from drawing.lines(root, package, package.relations(relation.target))
        else:
            for each in root.iter():
                if name(each.tag) in ("x:comment", "x:threadedComment"):
                    yield _comment(each)


_SIDES = ("drawing", "comments", "threadedComment")


def _comment(comment: Element) -> str:
    return "".join(text_of(each) for each in comment.iter() if name(each.tag) in _COMMENT_TEXT)


_COMMENT_TEXT = ("x:t", "x:text")


def margin_text(coded: str) -> str:
    """A header or footer without the codes for its place, font, page number and date."""
    return _MARGIN_FIELDS.sub(r"\1", _MARGIN_CODES.sub(" ", coded)).strip()


def _targets(relations: dict[str, Relation], kind: str) -> Iterator[str]:
    return (each.target for each in relations.values() if each.kind == kind)
