"""PDF: each page is drawn when its turn comes, so that memory does not grow with their number."""

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from PIL import Image

from ..base import DAMAGED, DAMAGED_PAGE, HIGHEST, LOCKED, NO_PAGES, WIDEST, too_many
from .missing import Missing
from .sheet import Asked, Refused, Sheet

_LARGEST_SCALE = 4.0
_BLANK = (1_240, 1_754)  # A4
# PDFium calls it a success, and yet opens nothing, where a file has no pages.
_NO_PAGES, _PASSWORD_WANTED, _UNKNOWN_SECURITY = 0, 4, 5
_REASONS = {_NO_PAGES: NO_PAGES, _PASSWORD_WANTED: LOCKED, _UNKNOWN_SECURITY: LOCKED}


def draw(file: BinaryIO, asked: Asked) -> Iterator[Sheet]:
    """Every page with its annotations and what is filled into its forms."""
    return pages(_open(file), asked)


def pages(
    pdf: pypdfium2.PdfDocument, asked: Asked, missing: Missing | None = None
) -> Iterator[Sheet]:
    """The pages of an open PDF; `missing` says what a page may lack."""
    if not len(pdf):
        raise Refused(NO_PAGES)
    pdf.init_forms()
    for number in range(asked.first, min(len(pdf), asked.most_pages) + 1):
        page = _page(pdf, number - 1)
        if page is None:
            yield Sheet(Image.new("RGB", _BLANK, "white"), DAMAGED_PAGE)
            continue
        yield Sheet(_drawn(page), missing(number) if missing else "")
        page.close()
    if len(pdf) > asked.most_pages:
        raise Refused(too_many(asked.most_pages))


def _open(file: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise Refused(_REASONS.get(error.err_code, DAMAGED)) from error


def _page(pdf: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage | None:
    try:
        return pdf[index]
    except pypdfium2.PdfiumError:
        return None


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """A page of any size as an image of bounded size."""
    width, height = page.get_size()
    # Half a pixel less, for pypdfium2 rounds up.
    fitting = ((WIDEST - 0.5) / max(width, 1.0), (HIGHEST - 0.5) / max(height, 1.0))
    bitmap = page.render(scale=min(*fitting, _LARGEST_SCALE), rev_byteorder=True)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image
