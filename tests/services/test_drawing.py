"""Images of pages: drawn by the worker, shared by versions with the same bytes, seen by few."""

import io

import pytest
from PIL import Image

from app.backends.storage import registry
from app.choices import ImageState
from app.db import session, transaction
from app.inputs.asset import Rollback
from app.models import PageImage
from app.queries import assets, pages
from app.services import drawing, publishing
from tests.factories import (
    a_deck,
    a_draft,
    a_file,
    a_retired_asset,
    a_version,
    an_asset,
    draw_all,
    read_all,
)

DECK = ("Agenda: What we speak of today", "Prices: What it costs")


def a_drawn(make, max, title="Acme deck"):
    """An asset whose deck of two slides has been read and drawn."""
    asset = make(max, title, file=a_file(a_deck(*DECK), "deck.pptx"))
    draw()
    return asset


def draw():
    """Read and draw everything."""
    read_all()
    draw_all()


def address(asset, page=1, number=1, size="full"):
    """Where an image is to be had."""
    return f"/assets/{asset.slug}/versions/{number}/pages/{page}/{size}.webp"


def test_a_deck_has_an_image_of_each_slide_in_two_sizes(browse, max):
    asset = a_drawn(an_asset, max)
    for size, width in (("full", 1600), ("thumbnail", 320)):
        answer = browse("rae").get(address(asset, 2, size=size))
        picture = Image.open(io.BytesIO(answer.data))
        assert (answer.mimetype, picture.format, picture.width) == ("image/webp", "WEBP", width)


def test_an_image_is_kept_by_the_browser_and_asked_for_by_its_hash(browse, max):
    client = browse("rae")
    asset = a_drawn(an_asset, max)
    first = client.get(address(asset))
    assert first.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert client.get(address(asset), headers={"If-None-Match": first.headers["ETag"]}).status == (
        "304 NOT MODIFIED"
    )


@pytest.mark.parametrize(
    ("make", "name", "status"),
    [(an_asset, "otto", 200), (a_draft, "rae", 404), (a_draft, "max", 200)],
)
def test_an_image_is_seen_by_those_who_see_the_page(browse, max, make, name, status):
    asset = a_drawn(make, max)
    assert browse(name).get(address(asset)).status_code == status
    assert browse().get(address(asset)).status_code == 303


def test_a_waiting_versions_image_is_not_seen(browse, call, max):
    asset = a_drawn(an_asset, max)
    a_version(max, asset, file=a_file(a_deck("Secret: plan"), "b.pptx"), publish=False)
    draw()
    assert browse("rae").get(address(asset, number=2)).status_code == 404
    place = f"/api/v1/assets/{asset.slug}/versions/2/pages/1/image"
    assert [call(name).get(place).status_code for name in ("rae", "max")] == [404, 200]


def test_a_retired_piece_still_shows_what_it_was(browse, max):
    asset = a_drawn(a_retired_asset, max)
    assert browse("rae").get(address(asset)).status_code == 200


def test_the_page_shows_images_with_words_beside_them(browse, max):
    asset = a_drawn(an_asset, max)
    page = browse("rae").get(f"/assets/{asset.slug}").text
    assert 'alt="Page 2: Prices"' in page and "Text of this page" in page


def test_the_same_bytes_are_drawn_once(max, monkeypatch):
    asset = a_drawn(an_asset, max)
    a_version(max, asset)
    monkeypatch.setattr("app.services.drawing.render", None)
    with transaction():
        publishing.rollback(
            max, assets.get(max, asset.id), Rollback(to=1, change_note="It was better")
        )
    draw()
    version = assets.get(max, asset.id).current_version
    assert (version.number, version.image_state, len(pages.images(version))) == (
        3,
        ImageState.READY,
        2,
    )


@pytest.mark.parametrize(("name", "text"), [("notes.md", "# Words"), ("prices.csv", "a,b\n1,2")])
def test_what_has_no_look_of_its_own_is_shown_as_text(max, name, text):
    asset = an_asset(max, file=a_file(text, name))
    draw()
    assert assets.get(max, asset.id).current_version.image_state is ImageState.NONE


def test_a_picture_is_shown_though_it_has_no_text(browse, max):
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(held, "PNG")
    asset = an_asset(max, "Logo", file=a_file(held.getvalue(), "logo.png"))
    draw()
    assert 'alt="Page 1"' in browse("rae").get(f"/assets/{asset.slug}").text


def test_a_file_that_cannot_be_drawn_says_why(browse, max):
    asset = an_asset(max, file=a_file(b"%PDF-1.4 broken", "broken.pdf"))
    draw()
    version = assets.get(max, asset.id).current_version
    assert version.image_state is ImageState.FAILED and version.image_problem.endswith(".")


def test_nothing_is_drawn_while_texts_are_to_be_read(max):
    an_asset(max, file=a_file(a_deck(*DECK), "deck.pptx"))
    draw_all()
    assert session.query(PageImage).count() == 0


def test_a_file_that_takes_the_worker_with_it_is_given_up(max):
    asset = an_asset(max, file=a_file(a_deck(*DECK), "deck.pptx"))
    read_all()
    for _ in range(drawing.MOST_TRIES + 1):
        with transaction():
            version = assets.get(max, asset.id).current_version
            version.draw_after = None
            drawing.claim(version.id)
    assert assets.get(max, asset.id).current_version.image_state is ImageState.FAILED


def test_one_that_cannot_be_drawn_now_holds_up_no_other(max):
    first = an_asset(max, "First", file=a_file(a_deck(*DECK), "deck.pptx"))
    second = an_asset(max, "Second", file=a_file(a_deck("Else: words"), "deck.pptx"))
    read_all()
    with transaction():
        assert drawing.claim(second.current_version.id) is not None
        drawing.later(second.current_version.id)
    assert drawing.next_one() == first.current_version.id


def test_an_image_that_was_lost_is_drawn_again(browse, max):
    asset = a_drawn(an_asset, max)
    image = session.query(PageImage).first()
    lost = registry.current().local_path(image.full)
    if lost is None:
        pytest.skip("this store has no files of its own")
    lost.unlink()
    assert browse("rae").get(address(asset)).status_code == 404
    draw()
    assert browse("rae").get(address(asset)).status_code == 200
