"""Word files: laid out once as a PDF, of which each page is then drawn."""

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import rdocx

from ..base import DAMAGED
from .missing import lacking
from .pdf import pages
from .sheet import Asked, Refused, Sheet


def draw(file: BinaryIO, asked: Asked) -> Iterator[Sheet]:
    """Every page, as it looks when all tracked changes are accepted."""
    try:
        document = rdocx.Document.from_bytes(file.read())
        laid_out, reported = document.to_pdf_with_diagnostics()
    except rdocx.RdocxError as error:
        raise Refused(DAMAGED) from error
    del document
    return pages(pypdfium2.PdfDocument(laid_out), asked, lacking(reported))
