"""PowerPoint: a slide is a page, with its notes apart and its comments after its text."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from . import drawing
from .document import Document, first_line
from .package import Package, Relation
from .xml import Element, attribute, descendants, name, text_of

_TITLES = ("title", "ctrTitle")


def read(file: BinaryIO, document: Document) -> None:
    """Add every slide in the order of the show, hidden ones too."""
    package = Package(file)
    package.put_title(document)
    for part in _slides(package):
        _add_slide(package, part, document)


def _slides(package: Package) -> Iterator[str]:
    main = package.main_part("ppt/presentation.xml")
    relations = package.relations(main)
    for each in descendants(package.xml(main), "p:sldId"):
        relation = relations.get(attribute(each, "r:id"))
        if relation and relation.target in package:
            yield relation.target


def _add_slide(package: Package, part: str, document: Document) -> None:
    root = package.xml(part)
    relations = package.relations(part)
    text = "\n".join(drawing.lines(root, package, relations))
    comments = "\n".join(_comments(package, relations))
    notes = "\n".join(_notes(package, relations))
    document.add(_title(root) or first_line(text), f"{text}\n{comments}", notes)


def _title(root: Element) -> str:
    for shape in descendants(root, "p:sp"):
        place = next(descendants(shape, "p:ph"), None)
        if place is not None and attribute(place, ":type") in _TITLES:
            title = " ".join(drawing.inline(each) for each in descendants(shape, "a:p"))
            if title.strip():
                return title
    return ""


def _notes(package: Package, relations: Mapping[str, Relation]) -> Iterator[str]:
    for part in _targets(relations, "notesSlide"):
        root = package.side(part)
        if root is not None:
            yield from drawing.lines(root, package, package.relations(part))


def _comments(package: Package, relations: Mapping[str, Relation]) -> Iterator[str]:
    for part in _targets(relations, "comments"):
        root = package.side(part)
        for each in root.iter() if root is not None else ():
            if name(each.tag) == "p:text":
                yield text_of(each)
            elif name(each.tag) == "a:p":
                yield drawing.inline(each)


def _targets(relations: Mapping[str, Relation], kind: str) -> Iterator[str]:
    return (each.target for each in relations.values() if each.kind == kind)
