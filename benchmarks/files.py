"""Office and PDF files made of made-up words, with pictures of noise for their weight."""

import io
import random
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.shared import Inches
from pptx import Presentation
from pptx.util import Inches as SlideInches
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from benchmarks.library import Library

# Of a hundred files, so many are of each sort.
MIX = {"pptx": 40, "docx": 33, "pdf": 15, "xlsx": 12}
LINES = 30


def fill_folder(folder: Path, library: Library, count: int) -> float:
    """Write so many files into sub-folders; their megabytes."""
    chance, makers = random.Random(11), _makers(library)
    sorts = [sort for sort, share in MIX.items() for _ in range(share)] * (count // 100 + 1)
    for number, sort in enumerate(sorts[:count]):
        place = folder / f"team {number % 7}" / f"File {number}.{sort}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(makers[sort](chance))
    return sum(file.stat().st_size for file in folder.rglob("*.*")) / 1e6


def _makers(library: Library) -> Mapping[str, Callable[[random.Random], bytes]]:
    return {
        "pptx": lambda chance: a_deck(library, chance, slides=chance.randint(4, 30)),
        "docx": lambda chance: a_document(library, chance, paragraphs=chance.randint(5, 120)),
        "pdf": lambda chance: a_pdf(library, chance, pages=chance.randint(1, 20)),
        "xlsx": lambda chance: a_sheet(library, chance, rows=chance.randint(10, 800)),
    }


def a_deck(
    library: Library, chance: random.Random, slides: int, words: Mapping[int, str] | None = None
) -> bytes:
    """A pptx; `words` are put on slides by number. Every fifth slide has a picture."""
    deck = Presentation()
    for number in range(1, slides + 1):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        title, body = slide.shapes.title, slide.placeholders[1]
        assert title
        title.text = _words(library, chance, 4)
        body.text_frame.text = _words(library, chance, 50)
        if word := (words or {}).get(number):
            body.text_frame.add_paragraph().text = word
        if number % 5 == 0:
            slide.shapes.add_picture(io.BytesIO(a_picture(chance)), SlideInches(1), SlideInches(4))
    saved = io.BytesIO()
    deck.save(saved)
    return saved.getvalue()


def a_document(library: Library, chance: random.Random, paragraphs: int) -> bytes:
    """A docx with headings, paragraphs and a table."""
    document = Document()
    for number in range(paragraphs):
        if number % 12 == 0:
            document.add_heading(_words(library, chance, 5))
        document.add_paragraph(_words(library, chance, 60))
    if paragraphs > 40:
        document.add_picture(io.BytesIO(a_picture(chance)), width=Inches(2))
    for cell in document.add_table(5, 3)._cells:
        cell.text = _words(library, chance, 3)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def a_sheet(library: Library, chance: random.Random, rows: int) -> bytes:
    """An xlsx of words and numbers."""
    saved = io.BytesIO()
    with Workbook(saved) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, [_words(library, chance, 3), row, chance.random() * 1000])
    return saved.getvalue()


def a_pdf(library: Library, chance: random.Random, pages: int) -> bytes:
    """A PDF with 30 lines of text a page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    for number in range(pages):
        drawn = _drawn([_words(library, chance, 10) for _ in range(LINES)])
        stream = zlib.compress(drawn)
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(head + stream + b"\nendstream")
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(pages))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids)
    return _pdf_of(objects)


def _drawn(lines: Sequence[str]) -> bytes:
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET".encode()


def _pdf_of(objects: Sequence[bytes]) -> bytes:
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    made += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, bytes(made).rindex(b"xref\n0 "))  # fmt: skip
    return bytes(made)


def a_picture(chance: random.Random) -> bytes:
    """A PNG of noise, of 12 kB to 1.2 MB."""
    width = height = chance.choice((64, 64, 128, 256, 640))
    lines = b"".join(b"\x00" + chance.randbytes(width * 3) for _ in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def _words(library: Library, chance: random.Random, count: int) -> str:
    return " ".join(library.words.draw(chance, count))
