"""Presentations: laid out once as a PDF, of which each page is then drawn.

Drawing a single slide would lay out the whole deck each time, and drawing all of them at once would
hold them all.
"""

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import rpptx

from ..base import DAMAGED, NO_PAGES
from .fonts import FOUND
from .missing import lacking
from .pdf import pages
from .sheet import Asked, Refused, Sheet


def draw(file: BinaryIO, asked: Asked) -> Iterator[Sheet]:
    """Every slide, hidden ones too, as they have text and a number."""
    try:
        deck = rpptx.Presentation.from_bytes(file.read())
        if not len(deck.slides):
            raise Refused(NO_PAGES)
        laid_out, reported = deck.to_pdf_with_diagnostics(fonts=FOUND)
        parts = [slide.element.xml for slide in deck.slides]
    except rpptx.RpptxError as error:
        raise Refused(DAMAGED) from error
    missing = lacking(reported, parts)
    del deck, parts
    return pages(pypdfium2.PdfDocument(laid_out), asked, missing)
