"""What is read of text files, web pages and rich text, and what has no text."""

import pytest

from app.backends.extraction.parent import sniff


@pytest.mark.parametrize(
    "data",
    ["Größe: 5 €".encode(), "Größe: 5 €".encode("cp1252"), "Größe: 5 €".encode("utf-16"),
     "Größe: 5 €".encode("utf-8-sig"), "Größe: 5 €".encode("utf-16-le")],
)  # fmt: skip
def test_text_is_read_in_the_encoding_its_bytes_show(read, data):
    assert read(data, "note.txt").pages[0].text == "Größe: 5 €"


@pytest.mark.parametrize("data", [b"intro\n\n# The plan #\n\nmore", b"The plan\n========\nmore"])
def test_markdown_is_named_by_its_first_heading(read, data):
    found = read(data, "plan.md")
    assert (found.title, found.pages[0].title) == ("The plan", "The plan")


def test_a_web_page_is_read_as_a_browser_shows_it(read):
    data = (
        "<!doctype html><title>Our plan</title><style>p{color:red}</style><script>x</script>"
        "<p>One <b>bo</b>ld\n word</p><table><tr><td>Plan<td>Price</table><p>Größe"
    ).encode()
    found = read(data, "plan.html")
    assert (found.media_type, found.title) == ("text/html", "Our plan")
    assert found.pages[0].text == "One bold word\n\nPlan\tPrice\n\nGröße"


def test_rich_text_is_read_in_its_code_pages(read):
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}"
        rb"{\info{\title Offer}}\f0 Gr\'f6\'dfe\par {\*\secret no}\u8364 ?5 \f1\'cf\'f0"
        rb"\f0{\pict 0102}\page Next}"
    )
    found = read(data, "offer.rtf")
    assert [page.text for page in found.pages] == ["Größe\n€5 Пр", "Next"]
    assert found.title == "Offer"


def test_the_words_of_a_drawing_are_read(read):
    data = b'<svg xmlns="http://www.w3.org/2000/svg"><title>Funnel</title><text>Leads</text></svg>'
    assert read(data, "funnel.svg").pages[0].text == "Funnel\nLeads"


@pytest.mark.parametrize(
    ("data", "filename", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "logo.png", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "photo.jpg", "image/jpeg"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "demo.mp4", "video/mp4"),
        (bytes(range(256)), "thing.bin", "application/octet-stream"),
    ],
)
def test_what_has_no_text_is_told_by_its_kind(read, tmp_path, data, filename, kind):
    assert read(data, filename) is None
    assert sniff(tmp_path / "upload", filename) == kind


def test_a_table_named_as_a_workbook_is_read_as_text(read):
    found = read(b"Plan\tPrice\n", "export.xls")
    assert (found.media_type, found.pages[0].text) == ("text/plain", "Plan\tPrice")
