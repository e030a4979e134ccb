"""The kind of a file is told by its content, whatever the content is."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends.extraction import media
from app.backends.extraction.compound import SIGNATURE, BadCompound, Compound
from app.backends.extraction.formats.document import clean
from app.backends.extraction.formats.rtf import Words
from app.backends.extraction.parent import sniff

STARTS = st.sampled_from(
    [b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"{\\rtf1", b"<html>", b"<svg", b"\xff\xfe",
     SIGNATURE, SIGNATURE + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)]
)  # fmt: skip
NAMES = st.sampled_from(["a.pptx", "b.doc", "c.txt", "d", "e.html", "f.csv", ".pdf", ""])


@given(STARTS, st.binary(max_size=3_000), NAMES)
def test_any_bytes_have_a_media_type(start, rest, filename):
    file = io.BytesIO(start + rest)
    assert "/" in sniff(file, filename)
    assert file.tell() == 0


@given(st.binary(min_size=600, max_size=6_000))
def test_a_compound_file_of_any_bytes_is_walked_or_refused(rest):
    header = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, 3, 1, 0)
    try:
        found = Compound(io.BytesIO(header + rest))
    except BadCompound:
        return
    assert all(len(found.stream(path, 9_999)) <= 9_999 for path in found.streams)


@given(st.text(alphabet="\\{}u'b7cpar0123 -\n", max_size=300))
def test_rich_text_of_any_kind_gives_text(data):
    assert isinstance(Words(data.encode()).text(), str)


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_cleaned_text_can_be_stored(text):
    assert clean(text).encode("utf-8").find(b"\0") == -1


@pytest.mark.parametrize(
    ("told", "extension"),
    [(told, kind.extensions[0]) for told, kind in media.MAIN_PARTS.items()],
)
def test_office_files_are_told_apart_by_their_content_types(zipped, told, extension):
    types = f'<Types><Override ContentType="application/vnd.{told}+xml"/></Types>'
    file = io.BytesIO(zipped({"[Content_Types].xml": types}))
    assert sniff(file, "renamed.zip") == media.BY_EXTENSION[extension].media_type


@pytest.mark.parametrize(
    ("data", "filename", "kind"),
    [
        (b"a,b\n1,2", "prices.csv", "text/csv"),
        (b"# Title", "readme.MD", "text/markdown"),
        (b"plain words", "noname", "text/plain"),
        (b"<!DOCTYPE html><p>Hi", "page.txt.bak", "text/html"),
        (b"junk before %PDF-1.4", "scan.docx", "application/pdf"),
        (b"{\\rtf1 Hi}", "letter.doc", "application/rtf"),
    ],
)
def test_content_goes_before_the_name(data, filename, kind):
    assert sniff(io.BytesIO(data), filename) == kind
