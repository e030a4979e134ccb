"""Files made to do harm end as a sentence, and what was drawn before it stays good."""

import io
import struct
import zipfile
import zlib

import pypdfium2
import pytest

from app.backends.extraction.confinement import Limits
from app.backends.preview.base import (
    DAMAGED,
    LOCKED,
    NO_IMAGES,
    NO_PAGES,
    TOO_LARGE,
    TOO_SLOW,
    Bounds,
    RenderFailed,
)
from tests.backends.preview.conftest import DOCX, PDF, PPTX, a_pdf, a_picture, children
from tests.factories import a_deck, a_document, noise

A4 = (595, 842)


def a_bomb() -> bytes:
    """A PNG of a few bytes that says it is 40,000 pixels wide and high."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header
    return start + struct.pack(">I", zlib.crc32(header)) + struct.pack(">I", 9) + b"IDAT" + bytes(9)


def a_pdf_of_no_pages() -> bytes:
    """A PDF that is in order but for that."""
    held = io.BytesIO()
    pypdfium2.PdfDocument.new().save(held)
    return held.getvalue()


BAD = {
    "a truncated pdf": (a_pdf(A4)[:200], PDF, DAMAGED),
    "an encrypted pdf": (a_pdf(A4, encrypt="secret"), PDF, LOCKED),
    "a pdf of no pages": (a_pdf_of_no_pages(), PDF, NO_PAGES),
    "an empty file": (b"", PDF, DAMAGED),
    "a truncated deck": (a_deck("One: 1")[:9_000], PPTX, DAMAGED),
    "a deck of no slides": (a_deck(), PPTX, NO_PAGES),
    "a document said to be a deck": (a_document("Words"), PPTX, DAMAGED),
    "a deck said to be a document": (a_deck("One: 1"), DOCX, DAMAGED),
    "noise said to be a document": (noise(9_000), DOCX, DAMAGED),
    "a truncated picture": (a_picture((900, 900), "JPEG")[:700], "image/jpeg", DAMAGED),
    "a text said to be a picture": (b"no picture", "image/png", DAMAGED),
    "a picture that unpacks without end": (a_bomb(), "image/png", TOO_LARGE),
    "a text": (b"words", "text/plain", NO_IMAGES),
}


@pytest.mark.parametrize(("data", "media_type", "sentence"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_says_so(reason, data, media_type, sentence):
    assert reason(data, media_type) == sentence
    assert children() == []


def a_document_of_spaces() -> bytes:
    """A docx of 100 KB whose main part has 100 MB."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_document("Words"))) as ordinary,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in ordinary.namelist():
            is_main = name == "word/document.xml"
            bomb.writestr(name, b" " * 100_000_000 if is_main else ordinary.read(name))
    return held.getvalue()


def test_a_zip_that_unpacks_without_end_is_stopped(reason):
    assert reason(a_document_of_spaces(), DOCX) in (DAMAGED, TOO_LARGE)


BOUNDED = {
    "seconds on the clock": (Bounds(seconds=0.001), TOO_SLOW),
    "seconds on the processor": (Bounds(limits=Limits(cpu_seconds=0)), TOO_SLOW),
    "memory": (Bounds(limits=Limits(memory=64 * 1024 * 1024)), TOO_LARGE),
    "bytes of an image": (Bounds(most_image=1_000), TOO_LARGE),
    "bytes in all": (Bounds(most_output=1_000), TOO_LARGE),
}


@pytest.mark.parametrize(("bounds", "sentence"), BOUNDED.values(), ids=BOUNDED.keys())
def test_a_file_that_wants_too_much_says_so(reason, bounds, sentence):
    assert reason(a_picture((4_000, 4_000)), "image/png", bounds) == sentence
    assert children() == []


def test_only_the_first_pages_of_a_long_file_are_drawn(draw):
    drawing = draw(a_pdf(A4, A4, A4), PDF, Bounds(most_pages=2))
    assert [next(drawing).number, next(drawing).number] == [1, 2]
    with pytest.raises(RenderFailed, match="Only the first 2 pages"):
        next(drawing)


def test_pages_drawn_before_a_limit_stay_good(draw, folder):
    drawing = draw(a_pdf(A4, A4, picture=True), PDF, Bounds(most_output=2_000_000))
    first = next(drawing)
    with pytest.raises(RenderFailed, match="holds more than can be drawn"):
        next(drawing)
    assert first.full.stat().st_size > 1_000_000
