"""Files made to do harm end as a sentence for the person who uploaded them."""

import io
import zipfile

import pytest

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
LAUGHS = "".join(
    f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "lol"}">' for at in range(10)
)  # fmt: skip


def test_an_empty_file_says_that_it_is_empty(reason):
    assert reason(b"", "deck.pptx").startswith("This file is empty.")


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"no office file at all \0\1\2\3\4" * 9])
def test_a_file_that_is_not_what_its_name_says_is_refused(reason, data):
    assert "damaged" in reason(data, "deck.pptx")


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_truncated_file_says_so(reason, word, share):
    data = word(PARAGRAPH.format("words " * 1_000))
    assert "damaged or incomplete" in reason(data[: int(len(data) * share)], "letter.docx")


def test_an_encrypted_office_file_asks_for_one_without_a_password(reason, compound):
    data = compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})
    assert reason(data, "deck.pptx") == (
        "This file is protected with a password. Save a copy without the password and upload that."
    )


def test_an_encrypted_part_asks_for_a_file_without_a_password(reason, word):
    data = bytearray(word("<w:p/>"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 1)
    assert "password" in reason(bytes(data), "letter.docx")


def test_a_zip_bomb_is_stopped_by_what_it_really_unpacks_to(reason, zipped):
    types = "wordprocessingml.document.main+xml"
    data = zipped({"[Content_Types].xml": types, "word/document.xml": b" " * 100_000_000})
    assert reason(data, "letter.docx").startswith("This file holds more than can be read")


@pytest.mark.parametrize("declared", [LAUGHS, '<!ENTITY l9 "words from elsewhere">'])
def test_a_document_that_defines_entities_is_refused(reason, word, declared):
    data = word(PARAGRAPH.format("&l9;"), before=f"<!DOCTYPE x [{declared}]>")
    assert "instructions that no ordinary document has" in reason(data, "letter.docx")


def test_an_outside_entity_is_not_fetched(read, word):
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    found = read(word(PARAGRAPH.format("before &e;after"), before=declared), "letter.docx")
    assert found.pages[0].text == "before after"


@pytest.mark.parametrize(
    ("opening", "closing", "filename"),
    [("<w:sdt>", "</w:sdt>", "letter.docx"), ("<div>", "</div>", "page.html"),
     ("{", "}", "letter.rtf")],
)  # fmt: skip
def test_nesting_without_end_is_refused(reason, word, opening, closing, filename):
    nested = opening * 2_500 + "x" + closing * 2_500
    made = {"letter.docx": word(nested), "page.html": nested.encode()}
    data = made.get(filename, rf"{{\rtf1 {nested}}}".encode())
    assert "nested too deeply" in reason(data, filename)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(reason, word):
    target = io.BytesIO(word("<w:p/>"))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/document.xml", "<other/>")
    assert "instructions" in reason(target.getvalue(), "letter.docx")


def test_a_zip_of_too_many_entries_is_refused_before_it_is_listed(reason, zipped):
    data = zipped({f"word/{number}": "" for number in range(20_001)})
    assert reason(data, "letter.docx").startswith("This file holds more than can be read")


def test_a_string_used_by_many_cells_is_not_written_out(reason, zipped):
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    point = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    links = "".join(
        f'<Relationship Id="r{at}" Type="x/{kind}" Target="{kind}.xml"/>'
        for at, kind in enumerate(("worksheet", "sharedStrings"))
    )
    cells = '<row><c t="s"><v>0</v></c></row>' * 1_000
    data = zipped({
        "xl/workbook.xml": f'<workbook {space} {point}><sheet name="A" r:id="r0"/></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/worksheet.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {space}><si><t>{'a' * 100_000}</t></si></sst>",
    })  # fmt: skip
    assert reason(data, "prices.xlsx").startswith("This file holds more than can be read")
