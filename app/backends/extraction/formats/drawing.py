"""Words inside drawings, the same in slides, documents and sheets: shapes, charts, diagrams."""

from collections.abc import Iterator, Mapping

from .package import Package, Relation
from .xml import Element, attribute, descendants, name, text_of

_BREAKS = {"a:br": "\n", "a:tab": "\t"}
_POINTERS = {"c:chart": "r:id", "cx:chart": "r:id", "dgm:relIds": "r:dm"}


def lines(element: Element, package: Package, relations: Mapping[str, Relation]) -> Iterator[str]:
    """Each paragraph and each table row at or below an element, in document order."""
    kind = name(element.tag)
    if kind == "a:p":
        yield inline(element)
    elif kind == "a:tr":
        yield "\t".join(_cell(cell) for cell in element if name(cell.tag) == "a:tc")
    elif kind in _POINTERS:
        yield from pointed(element, package, relations)
    else:
        for child in chosen(element):
            yield from lines(child, package, relations)


def chosen(element: Element) -> Iterator[Element]:
    """The children; of alternatives for newer and older programs only the first with words."""
    if name(element.tag) != "mc:AlternateContent":
        return iter(element)
    for alternative in element:
        if any(name(each.tag).endswith((":t", ":chart", ":relIds")) for each in alternative.iter()):
            return iter(alternative)
    return iter(())


def inline(element: Element) -> str:
    """The text of one paragraph; its runs are parts of words and are joined as they are."""
    kind = name(element.tag)
    if kind in ("a:t", "m:t"):
        return text_of(element)
    if kind == "a:fld" and attribute(element, ":type") == "slidenum":
        return ""
    return _BREAKS.get(kind, "") + "".join(inline(child) for child in chosen(element))


def _cell(cell: Element) -> str:
    return " ".join(inline(each) for each in descendants(cell, "a:p")).replace("\n", " ").strip()


def pointed(element: Element, package: Package, relations: Mapping[str, Relation]) -> Iterator[str]:
    """The words of the chart or diagram an element points to."""
    relation = relations.get(attribute(element, _POINTERS[name(element.tag)]))
    root = package.side(relation.target) if relation else None
    if root is not None:
        yield from words(root)


def words(root: Element) -> Iterator[str]:
    """Titles, series, categories and labels of a chart, or the texts of a diagram; no figures."""
    seen: set[str] = set()
    for each in root.iter():
        kind = name(each.tag)
        text = inline(each) if kind == "a:p" else ""
        if kind == "c:strCache":
            text = "\n".join(text_of(value) for value in descendants(each, "c:v"))
        elif kind in ("cx:pt", "cx:v"):
            text = text_of(each)
        if text.strip() and text not in seen:
            seen.add(text)
            yield text
