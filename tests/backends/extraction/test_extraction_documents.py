"""What is read of Word and OpenDocument texts and of PDF."""

import io
import struct

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_BREAK

SIMPLE = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.fixture
def letter():
    return docx.Document()


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_page_break_parts_pages_and_a_heading_names_one(read, letter):
    letter.add_paragraph("Before all").add_run().add_break(WD_BREAK.PAGE)
    letter.add_heading("Our offer", 1)
    pages = read(saved(letter), "letter.docx").pages
    assert [page.title for page in pages] == ["Before all", "Our offer"]


def test_a_heading_that_begins_a_new_page_names_that_page(read, letter):
    for words in ("Our offer", "What it costs", "How to sign"):
        letter.add_heading(words, 1).paragraph_format.page_break_before = True
        letter.add_paragraph(f"All about {words}.")
    pages = read(saved(letter), "letter.docx").pages
    assert [page.title for page in pages] == ["Our offer", "What it costs", "How to sign"]


def test_a_document_never_laid_out_is_one_page(read, letter):
    for number in range(300):
        letter.add_paragraph(f"Line {number}")
    assert len(read(saved(letter), "letter.docx").pages) == 1


def test_tables_in_tables_are_read(read, letter):
    table = letter.add_table(1, 2)
    table.cell(0, 0).text = "Plan"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Nested price"
    text = read(saved(letter), "letter.docx").pages[0].text
    assert "Plan" in text
    assert "Nested price" in text


def test_headers_footers_and_comments_are_read_once(read, letter):
    run = letter.add_paragraph("Body").runs[0]
    letter.sections[0].header.paragraphs[0].text = "Confidential"
    letter.sections[0].footer.paragraphs[0].text = "Acme 2026"
    letter.add_comment(run, text="Is this right?", author="Mia")
    text = read(saved(letter), "letter.docx").pages[0].text
    assert [text.count(each) for each in ("Confidential", "Acme 2026", "Is this right?")] == [1] * 3


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtContent>" + SIMPLE.format("Seen") + "</w:sdtContent></w:sdt>",
        "<w:p><w:r><w:pict><w:txbxContent>" + SIMPLE.format("Seen")
        + "</w:txbxContent></w:pict></w:r></w:p>",
        "<w:p><w:ins><w:r><w:t>Se</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r>"
        "</w:del><w:r><w:t>en</w:t></w:r></w:p>",
    ],
    ids=["content control", "text box", "tracked change"],
)  # fmt: skip
def test_text_in_unusual_places_is_read(read, word, body):
    assert read(word(body), "letter.docx").pages[0].text == "Seen"


def test_a_strict_document_is_read(read, word):
    strict = word(
        SIMPLE.format("Seen"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert read(strict, "letter.docx").pages[0].text == "Seen"


def test_characters_a_database_refuses_are_left_out(read, word):
    text = read(word(SIMPLE.format("a\x7f\x85b\ufeffc")), "letter.docx").pages[0].text
    assert text == "a\nbc"


def test_an_open_document_text_is_read_with_its_pages(read, zipped):
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        "<text:h>First</text:h><text:p>two<text:s text:c='2'/>blanks</text:p>"
        "<text:soft-page-break/><text:h>Second</text:h>"
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    found = read(zipped({"mimetype": kind, "content.xml": content}), "letter.odt")
    assert found.media_type == kind
    assert [page.title for page in found.pages] == ["First", "Second"]
    assert "two  blanks" in found.pages[0].text


def old_word(text: str, flags: int = 0x0200) -> dict[str, bytes]:
    start = 512
    stream = bytearray(start)
    struct.pack_into("<H8xH", stream, 0, 0xA5EC, flags)
    struct.pack_into("<I", stream, 76, len(text))
    pieces = struct.pack("<III", 0, len(text), 0)[:8] + struct.pack("<HIH", 0, start, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", stream, 418, 0, len(table))
    return {"WordDocument": bytes(stream) + text.encode("utf-16-le"), "1Table": table}


def test_an_old_word_file_is_read_without_the_codes_of_its_fields(read, compound):
    made = old_word("Call \x13 HYPERLINK x \x14Rob\x15\rPlan\x07Price\x07\x07\x0cNext page\r")
    pages = read(compound(made), "old.doc").pages
    assert [page.text for page in pages] == ["Call Rob\nPlan\tPrice", "Next page"]


def test_an_old_word_file_with_a_password_says_so(reason, compound):
    assert "password" in reason(compound(old_word("x", flags=0x0300)), "old.doc")


def pdf(*lines: str, title: str = "") -> bytes:
    """One page; the first line is set larger than the others."""
    shown = "".join(
        f"BT /F {24 if at == 0 else 10} Tf 20 {700 - 40 * at} Td ({line}) Tj ET\n"
        for at, line in enumerate(lines)
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
        "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(A remark)>>]>>",
        f"<</Length {len(shown)}>>stream\n{shown}endstream",
        f"<</Title({title})>>",
    )
    body, places = "%PDF-1.4\n", "0000000000 65535 f \n"
    for at, each in enumerate(objects, start=1):
        places += f"{len(body):010} 00000 n \n"
        body += f"{at} 0 obj{each}endobj\n"
    trailer = "trailer<</Root 1 0 R/Info 5 0 R/Size 6>>"
    return f"{body}xref\n0 6\n{places}{trailer}\nstartxref\n{len(body)}\n%%EOF".encode()


def test_a_pdf_page_is_named_by_its_largest_line(read):
    page = read(pdf("Big words", "small words"), "one.pdf").pages[0]
    assert page.title == "Big words"
    assert "small words" in page.text


def test_remarks_on_a_pdf_page_are_read(read):
    assert "A remark" in read(pdf("Words"), "one.pdf").pages[0].text


@pytest.mark.parametrize(("stored", "taken"), [("Price list", "Price list"), ("x-1.indd", "")])
def test_a_pdf_title_is_taken_where_a_person_wrote_it(read, stored, taken):
    assert read(pdf("Words", title=stored), "one.pdf").title == taken


def test_a_pdf_of_too_many_pages_is_refused_in_words(reason):
    made = pypdfium2.PdfDocument.new()
    for _ in range(2_001):
        made.new_page(10, 10)
    target = io.BytesIO()
    made.save(target)
    assert reason(target.getvalue(), "long.pdf").startswith("This file has more than 2,000 pages")
