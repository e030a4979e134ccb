"""What is read of presentations, new and old."""

import io
import struct

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm


@pytest.fixture
def deck():
    return Presentation()


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def slide_in(deck, title="Why us"):
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = title
    return slide


def test_a_slide_is_a_page_with_its_title(read, deck):
    slide_in(deck, "Why us")
    slide_in(deck, "What it costs")
    pages = read(saved(deck), "deck.pptx").pages
    assert [(page.number, page.title) for page in pages] == [(1, "Why us"), (2, "What it costs")]


def test_speaker_notes_stand_apart_from_the_text(read, deck):
    slide_in(deck).notes_slide.notes_text_frame.text = "Pause here"
    page = read(saved(deck), "deck.pptx").pages[0]
    assert "Pause here" in page.speaker_notes
    assert "Pause here" not in page.text


def test_words_cut_into_runs_are_joined(read, deck):
    box = slide_in(deck).shapes.add_textbox(0, 0, Cm(5), Cm(5))
    for piece in ("dis", "count ", "rules"):
        box.text_frame.paragraphs[0].add_run().text = piece
    assert "discount rules" in read(saved(deck), "deck.pptx").pages[0].text


def test_groups_and_tables_are_read(read, deck):
    slide = slide_in(deck)
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Cm(5), Cm(5)).text_frame.text = "In a group"
    table = slide.shapes.add_table(1, 2, 0, 0, Cm(5), Cm(5)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Plan", "Price"
    text = read(saved(deck), "deck.pptx").pages[0].text
    assert "In a group" in text
    assert "Plan\tPrice" in text


def test_the_words_of_a_chart_are_read_and_its_figures_are_not(read, deck):
    data = CategoryChartData()
    data.categories = ["North", "South"]
    data.add_series("Win rate", (0.125, 0.375))
    slide_in(deck).shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Cm(5), Cm(5), data)
    text = read(saved(deck), "deck.pptx").pages[0].text
    assert all(word in text for word in ("North", "South", "Win rate"))
    assert "0.125" not in text


def test_hidden_slides_are_read(read, deck):
    slide_in(deck, "For later")._element.set("show", "0")
    assert read(saved(deck), "deck.pptx").pages[0].title == "For later"


def test_the_title_of_the_deck_is_its_own_and_not_one_made_up_by_programs(read, deck):
    slide_in(deck)
    deck.core_properties.title = "Battle card"
    assert read(saved(deck), "deck.pptx").title == "Battle card"
    deck.core_properties.title = "PowerPoint Presentation"
    assert read(saved(deck), "deck.pptx").title == ""


def test_an_old_presentation_is_read(read, compound):
    def record(kind, body, version=0):
        return struct.pack("<HHI", version, kind, len(body)) + body

    listed = record(1011, struct.pack("<IIIII", 2, 0, 0, 256, 0))
    listed += record(3999, struct.pack("<I", 0)) + record(4000, "Old but gold".encode("utf-16-le"))
    document = record(1000, record(4080, listed, version=15), version=15)
    slide = record(1006, record(4008, b"In a box"), version=15)
    directory = record(6002, struct.pack("<III", 1 | 2 << 20, 0, len(document)))
    at = len(document) + len(slide)
    edit = record(4085, struct.pack("<IIIIIII", 256, 0, 0, at, 1, 0, 0))
    user = record(4086, struct.pack("<III", 20, 0xE391C05F, at + len(directory)))
    stream = document + slide + directory + edit
    found = read(compound({"PowerPoint Document": stream, "Current User": user}), "old.ppt")
    assert found.pages[0].title == "Old but gold"
    assert "In a box" in found.pages[0].text
