"""The example company's files open, are whole, and are the same every time."""

import io
from pathlib import PurePath

import pypdfium2
import pytest
from docx import Document
from pptx import Presentation

from app.backends.extraction import parent
from app.example import __main__ as program
from app.example.catalogue import assets
from app.example.making.files import make

BY_KEY = {asset.key: asset for asset in assets()}
LATEST = [(asset, asset.versions[-1]) for asset in assets()]
SAMPLE = ["business-case-deck", "security-questionnaire", "price-list", "email-business-case"]


def of_type(suffix: str):
    return [
        pytest.param(asset, version, id=asset.key)
        for asset, version in LATEST
        if PurePath(version.filename).suffix == suffix
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every file, written as the hub has them written."""
    made = tmp_path_factory.mktemp("example")
    assert program.main([str(made)]) == 0
    return made


def file_of(folder, asset, version):
    return folder / asset.key / f"v{version.number}" / version.filename


def test_every_version_has_its_file_and_nothing_else_is_left(folder):
    wanted = {file_of(folder, asset, one) for asset in assets() for one in asset.versions}
    assert {path for path in folder.rglob("*") if path.is_file()} == wanted


@pytest.mark.parametrize(("asset", "version"), of_type(".pptx"))
def test_a_deck_has_a_slide_and_notes_for_each_page(folder, asset, version):
    slides = Presentation(str(file_of(folder, asset, version))).slides
    assert [slide.shapes.title.text_frame.text for slide in slides] == [
        page.title for page in version.pages
    ]
    assert [slide.has_notes_slide for slide in slides] == [bool(p.notes) for p in version.pages]


@pytest.mark.parametrize(("asset", "version"), of_type(".docx"))
def test_a_document_has_a_heading_for_each_page(folder, asset, version):
    document = Document(str(file_of(folder, asset, version)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [page.title for page in version.pages[1:]]
    assert document.core_properties.title == asset.title
    assert document.core_properties.author == "Larkfield"


@pytest.mark.parametrize(("asset", "version"), of_type(".pdf"))
def test_a_pdf_has_as_many_pages_as_its_text(folder, asset, version):
    pdf = pypdfium2.PdfDocument(file_of(folder, asset, version))
    assert len(pdf) == len(version.pages)
    assert pdf.get_metadata_value("Title") == asset.title
    pdf.close()


@pytest.mark.parametrize("key", SAMPLE)
def test_the_hub_reads_titles_and_notes(folder, key):
    version = BY_KEY[key].versions[-1]
    read = parent.extract(file_of(folder, BY_KEY[key], version), version.filename)
    assert read is not None
    assert [page.title for page in read.pages] == [page.title for page in version.pages]
    notes = [page.notes if version.filename.endswith("pptx") else "" for page in version.pages]
    assert [page.speaker_notes for page in read.pages] == notes


def test_a_page_that_stays_is_read_as_the_same_in_the_next_version(folder):
    asset = BY_KEY["business-case-deck"]
    texts = []
    for version in asset.versions[:2]:
        read = parent.extract(file_of(folder, asset, version), version.filename)
        assert read is not None
        texts.append([page.text for page in read.pages])
    assert texts[0][2] == texts[1][2]
    assert texts[0][4] != texts[1][4]


@pytest.mark.parametrize("key", SAMPLE)
def test_the_same_text_makes_the_same_bytes(folder, key):
    asset = BY_KEY[key]
    for version in asset.versions:
        assert make(asset, version) == file_of(folder, asset, version).read_bytes()


@pytest.mark.parametrize("key", ["business-case-deck", "security-questionnaire"])
def test_office_files_hold_no_date_of_today(key):
    made = make(BY_KEY[key], BY_KEY[key].versions[-1])
    opener = Presentation if key.endswith("deck") else Document
    assert opener(io.BytesIO(made)).core_properties.modified.year == 2020


def test_the_program_says_how_it_is_called(capsys):
    assert program.main([]) == 2
    assert "FOLDER" in capsys.readouterr().err
