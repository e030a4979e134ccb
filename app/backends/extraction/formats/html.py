"""HTML: one page of what a browser shows, without scripts and styles; SVG: its words."""

import re
from typing import BinaryIO

from lxml import etree

from . import xml
from .document import DAMAGED, TOO_DEEP, TOO_LARGE, Document, Refused, first_line
from .text import decode

_SIZE = 32_000_000
_HIDDEN = {"script", "style", "template", "noscript", "head", "title", "object", "iframe"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "button", "input",
}  # fmt: skip
_CELLS = {"td", "th"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_BLANKS = re.compile(r" *\n *")


def read(file: BinaryIO, document: Document) -> None:
    """Add the page, named by its title or its first heading."""
    root = _parse(_bytes(file))
    document.title = _first(root, "title")
    text = _BLANKS.sub("\n", "".join(_words(root)))
    document.add(document.title or _first(root, "h1", "h2") or first_line(text), text)


def read_svg(file: BinaryIO, document: Document) -> None:
    """Add a drawing's words; one without any is added as an empty page."""
    root = xml.parse(_bytes(file))
    found = [_one_line(each) for each in root.iter("{*}title", "{*}desc", "{*}text")]
    document.add(found[0] if found else "", "\n".join(dict.fromkeys(found)))


def _bytes(file: BinaryIO) -> bytes:
    data = file.read(_SIZE + 1)
    if len(data) > _SIZE:
        raise Refused(TOO_LARGE)
    return data


def _parse(data: bytes) -> xml.Element:
    """The tree as far as it can be understood, in the encoding declared or shown by the bytes."""
    declared = _DECLARED.search(data[:2_048])
    text = _decode_as(data, declared.group(1).decode()) if declared else decode(data)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(DAMAGED) from error
    if any("depth" in each.message.lower() for each in parser.error_log):
        raise Refused(TOO_DEEP)
    return etree.Element("html") if root is None else root


def _decode_as(data: bytes, encoding: str) -> str:
    """By a declared encoding; by the bytes where that is not known or, as often, not true."""
    if encoding.lower() in ("utf-8", "utf8", "utf-16") or encoding.lower() not in _ENCODINGS:
        return decode(data)
    return data.decode(_ENCODINGS[encoding.lower()], "replace")


_ENCODINGS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "us-ascii"), "cp1252"),
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso-8859-{number}": f"iso-8859-{number}" for number in (2, 5, 7, 9, 15)},
    "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5", "euc-jp": "euc-jp", "euc-kr": "cp949", "koi8-r": "koi8-r",
}  # fmt: skip


def _first(root: xml.Element, *tags: str) -> str:
    return next((_one_line(each) for each in root.iter(*tags)), "")


def _one_line(element: xml.Element) -> str:
    return " ".join("".join(str(each) for each in element.itertext()).split())


def _words(root: xml.Element) -> list[str]:
    """Text in order, blocks on lines of their own, cells of a row parted by tabs."""
    pieces: list[str] = []
    hidden, kept = 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            hidden += tag in _HIDDEN
            kept += tag == "pre"
            text = element.text
            pieces.append(_before(tag, element.get("alt") or ""))
        else:
            hidden -= tag in _HIDDEN
            kept -= tag == "pre"
            text = element.tail
            pieces.append(_after(tag))
        if text and not hidden:
            pieces.append(text if kept else _SPACE.sub(" ", text))
    return pieces


def _before(tag: str, alternative: str) -> str:
    if tag == "img":
        return f" {alternative} " if alternative else ""
    return "" if tag in _INLINE or tag in _CELLS else "\n"


def _after(tag: str) -> str:
    if tag in _CELLS:
        return "\t"
    return "" if tag in _INLINE else "\n"
