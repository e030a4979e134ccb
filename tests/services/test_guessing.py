"""What an upload's own words tell of it: its title and kind, where nobody has given them."""

import io

import pytest
from pptx import Presentation

from app.choices import Kind
from app.clock import today
from app.db import transaction
from app.inputs.asset import AssetChange
from app.queries import assets
from app.services import assets as verbs
from app.services import kinds
from app.text.titles import telling
from tests.factories import a_draft, a_file, read_all


def a_deck_called(title, words="Words on a slide"):
    """A deck whose own title is this."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = words
    deck.core_properties.title = title
    held = io.BytesIO()
    deck.save(held)
    return a_file(held.getvalue(), "final_v3 (2).pptx")


def read(max, **said):
    """A draft whose text has been read."""
    draft = a_draft(max, said.pop("title", ""), **said)
    read_all()
    return assets.get(max, draft.id)


def test_the_documents_own_title_is_better_than_the_files_name(max):
    asset = read(max, file=a_deck_called("Cold chain for hospitals"))
    assert (asset.title, asset.slug) == ("Cold chain for hospitals", "final-v3-2")


@pytest.mark.parametrize("title", ["", "PowerPoint Presentation", "Presentation1", "deck.pptx"])
def test_a_title_that_says_nothing_is_passed_over(max, title):
    assert read(max, file=a_deck_called(title)).title == "Final v3 (2)"


def test_what_somebody_wrote_stays(max):
    assert read(max, title="Mine", file=a_deck_called("Cold chain")).title == "Mine"


def test_what_somebody_changed_before_the_text_was_read_stays(max):
    draft = a_draft(max, "", file=a_deck_called("Cold chain"))
    with transaction():
        change = AssetChange(title="Mine", kind="pricing")
        verbs.change(max, assets.get(max, draft.id), change)
    read_all()
    asset = assets.get(max, draft.id)
    assert (asset.title, asset.kind) == ("Mine", Kind.PRICING)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Battlecard: how we win against Polarix", Kind.BATTLECARD),
        ("Case study Blue Ocean", Kind.CASE_STUDY),
        ("Price list 2027", Kind.PRICING),
        ("A report on prices", Kind.DECK),
    ],
)
def test_the_kind_follows_the_words_and_the_review_date_the_kind(max, words, kind):
    asset = read(max, file=a_deck_called("", words))
    assert (asset.kind, asset.review_by) == (kind, kinds.review_by(kind, today()))


@pytest.mark.parametrize("title", ["Microsoft Word - Brief.doc", "Untitled 3", "<html>", "1.2.3"])
def test_a_programs_own_words_are_no_title(title):
    assert telling(title) == ""
