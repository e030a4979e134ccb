"""Parses XML from strangers: no network, no outside files, no entities, bounded depth."""

from collections.abc import Iterator
from typing import IO, Any, TypeAlias

from lxml import etree

from .document import DAMAGED, TOO_DEEP, TOO_LARGE, UNSAFE, Refused

Element: TypeAlias = etree._Element

_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "x",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0": "presentation",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_names: dict[str, str] = {}


def name(tag: object) -> str:
    """`{namespace}local` as `prefix:local`, the same for transitional and strict documents."""
    if not isinstance(tag, str):
        return ""
    known = _names.get(tag)
    if known is None:
        namespace, _, local = tag.rpartition("}")
        known = f"{_NAMESPACES.get(namespace[1:], '')}:{local}"
        if len(_names) < 10_000:
            _names[tag] = known
    return known


def attribute(element: Element, wanted: str) -> str:
    """The value of an attribute by its short name (`r:id`, `:type`), or ""."""
    for key, value in element.attrib.items():
        if name(key) == wanted:
            return str(value)
    return ""


def text_of(element: Element) -> str:
    """The characters directly in an element, without those of its children."""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def descendants(element: Element, wanted: str) -> Iterator[Element]:
    """All elements below with this short name, in the order of the document."""
    return (each for each in element.iter() if name(each.tag) == wanted)


def parse(data: bytes) -> Element:
    """The root element. Raises Refused for what is malformed, too deep or declares entities."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(reason(error)) from error
    refuse_entities(root)
    return root


def stream(file: IO[bytes], *wanted: str) -> Iterator[Element]:
    """Elements with these local names as they end; each is emptied after use."""
    events = etree.iterparse(
        file, events=("end",), tag=[f"{{*}}{each}" for each in wanted],
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            refuse_entities(element)
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise Refused(reason(error)) from error


def _forget(element: Element) -> None:
    """Free an element and those before it, so that a long sheet needs no memory of its size."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def refuse_entities(element: Element) -> None:
    """Refuse a document type that defines text of its own: the way XML bombs are made."""
    declared: Any = element.getroottree().docinfo.internalDTD  # its stub is incomplete
    if declared is not None and any(each.content for each in declared.iterentities()):
        raise Refused(UNSAFE)


def reason(error: Exception) -> str:
    """The sentence for what the parser said."""
    said = str(error).lower()
    if "depth" in said or "nest" in said:
        return TOO_DEEP
    if "memory" in said or said == "unknown error":  # what lxml says when there was no memory
        return TOO_LARGE
    return UNSAFE if "amplification" in said or "entity loop" in said else DAMAGED
