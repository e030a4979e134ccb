"""Plain text, Markdown and tables in text: one page, read in the encoding its bytes show."""

import codecs
import re
from typing import BinaryIO

from .document import TOO_LARGE, Document, Refused, first_line

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADING = re.compile(r"^(?:#{1,6}[ \t]+(.+?)[ \t]*#*|(.+)\n(?:=+|-{3,}))[ \t]*$", re.MULTILINE)


def read(file: BinaryIO, document: Document) -> None:
    """Add the whole text as one page."""
    text = text_of(file, document)
    document.add(first_line(text), text)


def read_markdown(file: BinaryIO, document: Document) -> None:
    """Add the whole text as one page, named by its first heading."""
    text = text_of(file, document).replace("\r\n", "\n")
    heading = _HEADING.search(text[:20_000])
    found = (heading.group(1) or heading.group(2)) if heading else ""
    document.title = found
    document.add(found or first_line(text), text)


def text_of(file: BinaryIO, document: Document) -> str:
    """All characters of a text file; refused where it is larger than text may be."""
    data = file.read(4 * document.most_text + 1)
    if len(data) > 4 * document.most_text:
        raise Refused(TOO_LARGE)
    text = decode(data)
    document.expect(len(text))
    return text


def decode(data: bytes) -> str:
    """By byte order mark, else UTF-8, else UTF-16 by its zeros, else Western European."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:1_000]
    if sample[1::2].count(0) > len(sample) / 4:
        return data.decode("utf-16-le", "replace")
    if sample[::2].count(0) > len(sample) / 4:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


for _name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
    codecs.lookup(_name)  # Python loads them from files, which are out of reach later.
