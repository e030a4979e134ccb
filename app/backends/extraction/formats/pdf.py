"""PDF: text page by page; a page's title is guessed from the size of its first lines."""

import codecs
import mmap
import re
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from .document import (
    DAMAGED,
    LOCKED,
    RIGHTS,
    TITLE_LENGTH,
    Document,
    Refused,
    first_line,
    sensible_title,
)

codecs.lookup("utf-16-le")  # pypdfium2 asks for it when files are out of reach

_LINES_TO_WEIGH = 12
_MOST_ANNOTATIONS, _MOST_ANNOTATION = 2_000, 200_000
LOCKED_ATTACHMENTS = (
    "The attachments of this file are protected with a password. "
    "Save a copy without the password and upload that."
)
_PASSWORD_WANTED, _UNKNOWN_SECURITY = 4, 5
_ONLY_ATTACHMENTS_LOCKED = re.compile(rb"/StmF\s*/Identity\b")
_SPLIT_WORD = re.compile("(?:\ufffe|\x02|\u00ad)[ \t]*(?:\r?\n)?")


def read(file: BinaryIO, document: Document) -> None:
    """Add every page; one that only holds a picture is added without text."""
    pdf = _open(file)
    if _has_locked_attachments(pdf, file):
        raise Refused(LOCKED_ATTACHMENTS)
    document.expect_pages(len(pdf))
    document.title = sensible_title(pdf.get_metadata_value("Title"))
    for number in range(len(pdf)):
        _add_page(pdf, number, document)


def _open(file: BinaryIO) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        reasons = {_PASSWORD_WANTED: LOCKED, _UNKNOWN_SECURITY: RIGHTS}
        raise Refused(reasons.get(error.err_code, DAMAGED)) from error


def _has_locked_attachments(pdf: pypdfium2.PdfDocument, file: BinaryIO) -> bool:
    """Whether the pages are open but the files attached to them ask for a password."""
    if pdfium.FPDF_GetSecurityHandlerRevision(pdf.raw) < 0 or not pdf.count_attachments():
        return False
    file.seek(0)
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _ONLY_ATTACHMENTS_LOCKED.search(data) is not None


def _add_page(pdf: pypdfium2.PdfDocument, number: int, document: Document) -> None:
    try:
        page = pdf[number]
        words = page.get_textpage()
    except pypdfium2.PdfiumError:
        document.add("", "")
        return
    raw = words.get_text_range()
    text = _SPLIT_WORD.sub("", raw)
    notes = "\n".join(_annotations(page))
    document.add(_title(words, raw) or first_line(text), f"{text}\n{notes}")
    words.close()
    page.close()


def _annotations(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Comments, and what is filled into the fields of a form; both stand beside the page's text."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            yield _value(annotation, b"V")
        elif kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            yield _value(annotation, b"Contents")
        pdfium.FPDFPage_CloseAnnot(annotation)


def _value(annotation: object, key: bytes) -> str:
    """A string of an annotation, which PDFium gives as UTF-16 with a zero at its end."""
    size = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), _MOST_ANNOTATION)
    if size <= 2:
        return ""
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _title(words: pypdfium2.PdfTextPage, raw: str) -> str:
    """The largest of the first lines, with the lines of the same size that follow it."""
    sized = [(line, _height(words, at)) for line, at in _first_lines(raw)]
    if not sized:
        return ""
    largest = max(height for _, height in sized)
    start = next(at for at, (_, height) in enumerate(sized) if height == largest)
    title = sized[start][0]
    for line, height in sized[start + 1 : start + 3]:
        if height < largest or len(title) + len(line) > TITLE_LENGTH:
            break
        title = f"{title} {line}"
    return _SPLIT_WORD.sub("", title)


def _first_lines(raw: str) -> list[tuple[str, int]]:
    """Lines with letters in them, and the place of each one's first letter in the page."""
    found, at = [], 0
    for line in raw.split("\n"):
        letter = next((place for place, each in enumerate(line) if each.isalpha()), None)
        if letter is not None:
            found.append((line.strip(), at + letter))
        at += len(line) + 1
        if len(found) == _LINES_TO_WEIGH:
            break
    return found


def _height(words: pypdfium2.PdfTextPage, at: int) -> float:
    """The height of a line of the font at a letter, in points, to a half."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(words.raw, at, box):
        return 0.0
    return float(round(2 * abs(box.top - box.bottom)) / 2)
