"""Word files: laid out once as a PDF, of which each page is then drawn."""

import contextlib
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import rdocx

from ..base import DAMAGED
from .fonts import FOUND
from .missing import lacking
from .pdf import pages
from .sheet import Asked, Refused, Sheet

# Of these it draws the words, but not the lines around and between them, and does not report it.
_MAIN_PART, _SHAPES = "/word/document.xml", ("<wps:wsp", "<v:")


def draw(file: BinaryIO, asked: Asked) -> Iterator[Sheet]:
    """Every page, as it looks when all tracked changes are accepted."""
    try:
        document = rdocx.Document.from_bytes(file.read())
        laid_out, reported = document.to_pdf_with_diagnostics(fonts=FOUND)
        text = document.text()
        reported = (*reported, *_unreported(document))
    except rdocx.RdocxError as error:
        raise Refused(DAMAGED) from error
    del document
    return pages(pypdfium2.PdfDocument(laid_out), asked, lacking(reported, text=text))


def _unreported(document: rdocx.Document) -> Iterator[str]:
    with contextlib.suppress(rdocx.RdocxError):  # The main part may have another name.
        main = document.part_xml(_MAIN_PART)
        if any(mark in main for mark in _SHAPES):
            yield "shapes"
