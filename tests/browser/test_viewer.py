"""Looking at a deck: its pages as images, turned by keys, and what changed beside each other."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import look_until, renew, take_in
from tests.factories import a_deck

START, PRICE, END = (
    "Start: A gannet sees its fish from forty metres above",
    "Price: The gannet plan costs ninety euros a month",
    "End: Dive with us on the first of March",
)


# The reader follows what is in sight, which it learns a frame after a page was turned.
TWO_FRAMES = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


@pytest.fixture
def reader(sign_in) -> Page:
    """A page of a marketer on which the deck is read, with its three images."""
    page = sign_in("max")
    page.goto("/assets/gannet")
    if page.get_by_role("heading", name="Gannet").count() == 0:
        take_in(page, "Gannet.pptx", a_deck(START, PRICE, END))
    look_until(page, "/assets/gannet", page.get_by_role("img", name="Page 3: End"))
    return page


def test_an_address_leads_to_a_page(reader):
    reader.goto("/assets/gannet#page=3")
    expect(reader.get_by_role("article", name="Page 3")).to_be_in_viewport()


def test_keys_turn_pages(reader):
    for key, number in (("n", 2), ("p", 1), ("n", 2), ("n", 3)):
        reader.keyboard.press(key)
        expect(reader).to_have_url(re.compile(f"#page={number}$"))
        expect(reader.get_by_role("article", name=f"Page {number}")).to_be_focused()
        reader.evaluate(TWO_FRAMES)


def test_from_the_last_page_one_goes_back_to_the_one_before(reader):
    reader.goto("/assets/gannet#page=3")
    reader.evaluate(TWO_FRAMES)
    reader.keyboard.press("p")
    expect(reader).to_have_url(re.compile("#page=2$"))


def test_thumbnails_are_links(reader):
    links = reader.get_by_role("navigation", name="Pages").get_by_role("link")
    expect(links).to_have_count(3)
    expect(links.last.locator("img")).to_have_js_property("naturalWidth", 320)
    links.last.click()
    expect(reader).to_have_url(re.compile("#page=3$"))
    expect(reader.get_by_role("article", name="Page 3")).to_be_in_viewport()


def test_an_image_says_what_it_shows_and_its_words_are_behind_it(reader):
    sheet = reader.get_by_role("article", name="Page 2")
    sheet.scroll_into_view_if_needed()
    image = sheet.get_by_role("img", name="Page 2: Price")
    expect(image).to_have_js_property("naturalWidth", int(image.get_attribute("width")))
    words = sheet.get_by_text("The gannet plan costs")
    expect(words).to_be_hidden()
    sheet.get_by_text("Text of this page").click()
    expect(words).to_be_visible()


def test_a_changed_slide_is_shown_before_and_after(reader):
    cheaper = PRICE.replace("ninety", "eighty")
    renew(reader, "/assets/gannet", a_deck(START, cheaper, END), "New price")
    reader.get_by_role("link", name="What changed last").click()
    expect(reader).to_have_url(re.compile("/diff"))
    after = reader.get_by_role("img", name="Page 2 of version 2")
    look_until(reader, reader.url, after)
    expect(reader.get_by_role("img", name="Page 2 of version 1")).to_be_visible()
    expect(after).to_be_visible()
    expect(reader.get_by_role("deletion")).to_have_text("ninety")
    expect(reader.get_by_role("insertion")).to_have_text("eighty")
    expect(reader.get_by_role("heading", name="Page 1")).to_have_count(0)
