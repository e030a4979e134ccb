"""What is read of workbooks, new and old, and of OpenDocument sheets."""

import io
import struct
from datetime import datetime

import pytest
import xlsxwriter


@pytest.fixture
def book():
    """A workbook, the bytes of which come when it is called."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)

    def bytes_of() -> bytes:
        made.close()
        return target.getvalue()

    made.bytes_of = bytes_of
    return made


def test_a_sheet_is_a_page_named_as_its_tab(read, book):
    book.add_worksheet("Prices").write_row(0, 0, ["Plan", "Fee", 12.5])
    book.add_worksheet("Hidden").hide()
    pages = read(book.bytes_of(), "prices.xlsx").pages
    assert [page.title for page in pages] == ["Prices", "Hidden"]
    assert pages[0].text == "Plan\tFee\t12.5"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (datetime.fromisoformat("2026-03-01"), "dd.mm.yyyy", "2026-03-01"),
        (datetime.fromisoformat("2026-03-01 09:30"), "yyyy-mm-dd hh:mm", "2026-03-01 09:30"),
        (0.15, "0%", "15%"),
        (1234.0, '#,##0 "days"', "1234"),
        (123456789012345.0, "General", "123456789012345"),
    ],
)
def test_cells_read_as_they_are_meant(read, book, value, code, shown):
    book.add_worksheet().write(0, 0, value, book.add_format({"num_format": code}))
    assert read(book.bytes_of(), "prices.xlsx").pages[0].text == shown


def test_words_beside_the_cells_are_read(read, book):
    sheet = book.add_worksheet()
    sheet.write_comment(0, 0, "Ask Mia")
    sheet.set_header('&L&"Arial,Bold"&12Price list &P of &N')
    sheet.insert_textbox(0, 0, "Valid until June")
    chart = book.add_chart({"type": "line"})
    chart.set_title({"name": "Win rate by month"})
    chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
    sheet.insert_chart(2, 2, chart)
    text = read(book.bytes_of(), "prices.xlsx").pages[0].text
    for words in ("Ask Mia", "Price list", "Valid until June", "Win rate by month"):
        assert words in text
    assert "&" not in text


def test_two_cells_at_the_far_ends_cost_nothing(read, book):
    sheet = book.add_worksheet()
    sheet.write(0, 0, "first")
    sheet.write(1_048_575, 16_383, "last")
    assert read(book.bytes_of(), "far.xlsx").pages[0].text == "first\nlast"


def test_an_open_document_sheet_is_read(read, zipped):
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "text", "table")
    )
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    row = cell.format("", "Plan") + cell.format(' table:number-columns-repeated="2"', "Fee")
    content = (
        f"<office:document {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Prices"><table:table-row>{row}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    page = read(zipped({"mimetype": kind, "content.xml": content}), "prices.ods").pages[0]
    assert (page.title, page.text) == ("Prices", "Plan\tFee\tFee")


def old_book(*extra: bytes) -> bytes:
    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)
    name = struct.pack("<IHBB", 0, 0, 6, 0) + b"Prices"
    globals_ = [record(0x0809, begin), *extra, record(0x0085, name), record(0x000A)]
    at = struct.pack("<I", sum(map(len, globals_)))
    globals_[-2] = record(0x0085, at + name[4:])
    sheet = record(0x0809, begin[:2] + struct.pack("<H", 0x10) + begin[4:])
    sheet += record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 4, 0) + b"Plan")
    sheet += record(0x0014, struct.pack("<HB", 8, 0) + b"&LFor all") + record(0x000A)
    return b"".join(globals_) + sheet


def test_an_old_workbook_is_read(read, compound):
    page = read(compound({"Workbook": old_book()}), "old.xls").pages[0]
    assert (page.title, page.text) == ("Prices", "Plan\nFor all")


def test_an_old_workbook_with_a_password_says_so(reason, compound):
    locked = struct.pack("<HHHHH", 0x002F, 6, 0, 1, 2)
    assert "password" in reason(compound({"Workbook": old_book(locked)}), "old.xls")
