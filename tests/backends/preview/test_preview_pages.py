"""Files become images of the right number, order, size and look."""

import io

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from pptx import Presentation
from pptx.util import Cm
from reportlab.pdfgen.canvas import Canvas

from app.backends.preview.parent import renderer_of
from app.backends.preview.renderers import fonts
from tests.backends.preview.conftest import DOCX, PDF, PPTX, a_pdf, a_picture
from tests.factories import a_deck, a_document

VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
LANDSCAPE, PORTRAIT = (842, 595), (595, 842)


def saved(made) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def ink(page) -> int:
    """How many pixels of a page are not white."""
    return sum(Image.open(page.full).convert("L").point(lambda value: value < 250).histogram()[1:])


@pytest.mark.parametrize(
    ("media_type", "renderer"),
    [(PDF, "pdf"), (PPTX, "pptx"), (DOCX, "docx"), ("image/png", "image"), ("image/svg+xml", None),
     ("text/markdown", None), ("text/csv", None), ("video/mp4", None), ("", None),
     ("application/vnd.ms-powerpoint.slideshow.macroEnabled.12", "pptx"),
     ("application/vnd.ms-word.document.macroEnabled.12", "docx"),
     ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
     ("application/vnd.oasis.opendocument.presentation", None)],
)  # fmt: skip
def test_what_has_pages_has_a_renderer(media_type, renderer):
    assert renderer_of(media_type, "builtin") == renderer


def test_every_page_of_a_pdf_is_drawn_in_order_and_shape(draw):
    pages = list(draw(a_pdf(LANDSCAPE, PORTRAIT, (600, 600))))
    assert [page.number for page in pages] == [1, 2, 3]
    assert [(page.width, page.height) for page in pages] == [
        (1600, 1131), (1272, 1800), (1600, 1600),
    ]  # fmt: skip
    assert all(ink(page) > 100 for page in pages)


def test_a_page_has_a_small_image_too(draw):
    page = next(draw(a_pdf(LANDSCAPE)))
    full, small = Image.open(page.full), Image.open(page.thumbnail)
    assert (full.format, small.format) == ("WEBP", "WEBP")
    assert (full.size, small.size) == ((page.width, page.height), (320, 226))


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 1), (1, 14_400), (10, 10)])
def test_a_page_of_absurd_size_becomes_an_image_of_bounded_size(draw, size):
    page = next(draw(a_pdf(size)))
    assert 0 < page.width <= 1600
    assert 0 < page.height <= 1800


def test_what_is_filled_into_a_form_is_drawn(draw):
    page = next(draw(_a_form()))
    assert ink(page) > 50_000


def test_every_slide_is_drawn_even_a_hidden_one(draw):
    deck = Presentation(io.BytesIO(a_deck("One: 1", "Two: 2", "Three: 3")))
    deck.slides[1]._element.set("show", "0")
    pages = list(draw(saved(deck), PPTX))
    assert [(page.number, page.width, page.height) for page in pages] == [
        (1, 1600, 1200), (2, 1600, 1200), (3, 1600, 1200),
    ]  # fmt: skip
    assert all(ink(page) > 500 and page.missing == "" for page in pages)


def test_a_slide_that_may_lack_something_says_so_and_its_neighbour_does_not(draw):
    deck = Presentation(io.BytesIO(a_deck("One: 1", "Two: 2")))
    held = io.BytesIO(b"an object of some other program")
    deck.slides[1].shapes.add_ole_object(held, "Other.1", 0, 0, Cm(3), Cm(3))
    plain, lacking = draw(saved(deck), PPTX)
    assert plain.missing == ""
    assert lacking.missing.startswith("Not all of this file could be drawn: this page may lack")


def test_the_pages_of_a_document_are_drawn(draw):
    pages = list(draw(a_document(*["Words that fill a page. " * 40] * 20), DOCX))
    assert len(pages) > 1
    assert {(page.width, page.height) for page in pages} == {(1391, 1800)}
    assert all(ink(page) > 5_000 for page in pages[:-1])


@pytest.mark.parametrize("gap", fonts.GAPS, ids=lambda gap: gap.name)
def test_a_page_with_letters_that_no_font_has_says_so(draw, gap):
    [page] = draw(a_document(f"In words: {gap.letters[1]}"), DOCX)
    sentence = f"Not all of this file could be drawn: this page may lack {gap.name}."
    assert page.missing == (sentence if gap in fonts.OPEN else "")


def test_a_page_with_letters_of_most_scripts_lacks_nothing(draw):
    [page] = draw(a_document("Łódź, Ελλάδα, Привет, שלום: 5 €"), DOCX)
    assert page.missing == ""


def test_a_document_with_text_boxes_says_that_it_may_lack_shapes(draw):
    document = Document()
    document.add_paragraph()._p.append(
        parse_xml(f"<w:pict {nsdecls('w')}><v:rect {VML}/></w:pict>")
    )
    [page] = draw(saved(document), DOCX)
    assert page.missing.endswith("may lack shapes.")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_a_page(draw, kind):
    [page] = draw(a_picture((2000, 1000), kind), f"image/{kind.lower()}")
    assert (page.number, page.width, page.height) == (1, 1600, 800)


def test_a_small_picture_is_not_made_larger(draw):
    [page] = draw(a_picture((30, 20)), "image/png")
    assert (page.width, page.height) == (30, 20)


@pytest.mark.parametrize("orientation", [6, 8])
def test_a_picture_stands_as_the_camera_was_held(draw, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    [page] = draw(a_picture((400, 200), "JPEG", exif=exif), "image/jpeg")
    assert (page.width, page.height) == (200, 400)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_see_through_is_white(draw, mode):
    [page] = draw(a_picture((40, 20), mode=mode), "image/png")
    assert Image.open(page.full).getpixel((5, 5)) == (255, 255, 255)


def _a_form() -> bytes:
    held = io.BytesIO()

    canvas = Canvas(held)
    canvas.acroForm.textfield(value="Filled in by Rae", x=50, y=600, width=400, height=50)
    canvas.showPage()
    canvas.save()
    return held.getvalue()
