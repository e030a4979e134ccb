"""Finding a page by keyboard alone, and what is done with it without leaving the list."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import axe
from tests.browser.steps import look_until, take_in
from tests.factories import a_deck

DECK = a_deck(
    "Welcome: Heron at a glance",
    "Ibis payback: The ibis plan pays for itself in thirteen fortnights",
    "Security: Audited every year",
)
# Longer than the box waits for more letters, and the hub for its answer.
LATE = 400


@pytest.fixture(scope="session")
def ibis(chromium, hub):
    """Where the deck is, once it can be found."""
    return {}


@pytest.fixture
def there(sign_in, ibis) -> dict[str, str]:
    """The deck, taken in and found, and a deal of rae's, both made by the first who ask."""
    if "deal" not in ibis:
        page = sign_in("max")
        page.goto("/assets/ibis-deck")
        if page.get_by_role("heading", name="Ibis deck").count() == 0:
            take_in(page, "Ibis deck.pptx", DECK)
        ibis["piece"] = "/assets/ibis-deck"
        look_until(page, "/search?q=thirteen+fortnights", page.locator(".hit"))
        look_until(page, "/search?q=thirteen+fortnights", page.locator(".hit-thumbnail"))
        rep = sign_in("rae")
        rep.goto("/deals/new")
        rep.get_by_label("Name", exact=True).fill("Ibis for nine lakes")
        rep.get_by_role("button", name=re.compile("Add|Save|Make")).last.click()
        expect(rep).to_have_url(re.compile(r"/deals/\d+$"))
        ibis["deal"] = rep.url
    return ibis


def presses(page: Page, *keys: str) -> None:
    """One key after the other, as fast as a person in a hurry, on a page that has its scripts."""
    page.wait_for_load_state("load")
    for key in keys:
        page.keyboard.press(key)


def test_a_page_is_found_and_opened_by_keyboard_alone(sign_in, there):
    page = sign_in("rae")
    presses(page, "/")
    page.keyboard.type("ibis pay")
    option = page.get_by_role("option", name=re.compile("Ibis payback|Ibis deck"))
    expect(option.first).to_be_visible()
    expect(page.locator("[data-search]")).to_have_attribute("aria-expanded", "true")
    # The box has the focus on the first page: the key that leads there is no part of the words.
    expect(page.locator("[data-search]")).to_have_value("ibis pay")
    presses(page, "ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_be_visible()
    presses(page, "Enter")
    expect(page).to_have_url(re.compile(r"/assets/ibis-deck(#page=2)?$"))


def test_a_suggestion_that_is_chosen_is_not_taken_away_by_a_late_answer(sign_in, there):
    page = sign_in("rae")
    presses(page, "/")
    page.keyboard.type("ibis")
    option = page.get_by_role("option", name=re.compile("Ibis deck"))
    expect(option.first).to_be_visible()
    page.keyboard.type(" pay")
    presses(page, "ArrowDown")
    page.wait_for_timeout(LATE)
    expect(page.get_by_role("option", selected=True)).to_be_visible()


def test_whoever_has_walked_on_stays_among_the_results_when_newer_ones_come(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=thirteen")
    presses(page, "/", "ArrowRight")
    page.keyboard.type(" fort")
    presses(page, "ArrowDown")
    expect(page).to_have_url(re.compile(r"/search\?q=thirteen(\+|%20)fort$"))
    expect(page.locator("[data-hit]").first).to_be_focused()


def test_results_come_while_typing_and_the_arrows_walk_them(sign_in, there):
    page = sign_in("rae")
    page.goto("/search")
    presses(page, "/")
    page.keyboard.type("thirteen fort")
    expect(page.locator("#results-title")).to_contain_text("1 piece for")
    expect(page).to_have_url(re.compile(r"/search\?q=thirteen(\+|%20)fort$"))
    presses(page, "ArrowDown", "Enter")
    expect(page).to_have_url(re.compile(r"/assets/ibis-deck#page=2$"))


def test_a_skip_link_leads_past_the_bars_to_the_results(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=thirteen+fortnights")
    presses(page, "Tab", "Tab")
    link = page.get_by_role("link", name="Skip to results")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    presses(page, "Enter", "Tab", "Tab")
    expect(page.locator("[data-hit]")).to_be_focused()


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (390, False)])
def test_keys_reach_the_hits_before_the_filters_that_stand_beside_or_above(
    sign_in, there, width, is_beside
):
    page = sign_in("rae")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/search?q=thirteen+fortnights")
    filters, hits = (page.locator(one).bounding_box() for one in (".facets", ".hits"))
    assert (filters["x"] + filters["width"] < hits["x"]) == is_beside
    assert filters["y"] < hits["y"]
    in_order = page.locator("[data-hit], [data-facets] summary").all()
    assert in_order[0].get_attribute("data-hit") is not None


def test_the_page_of_the_hit_in_focus_is_shown_in_large(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=thirteen+fortnights")
    presses(page, "/", "ArrowDown")
    preview = page.get_by_role("complementary", name="Preview of the page")
    expect(preview).to_contain_text("page 2")
    expect(preview.locator("img")).to_have_js_property("complete", value=True)
    assert preview.locator("img").evaluate("image => image.naturalWidth") > 600


def test_a_use_is_logged_by_keyboard_without_leaving_the_list(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=thirteen+fortnights")
    presses(page, "/", "ArrowDown", "u")
    dialog = page.get_by_role("dialog", name="Log a use")
    expect(dialog).to_contain_text("Ibis for nine lakes")
    assert axe(page) == []
    dialog.get_by_role("button", name=re.compile("Ibis for nine lakes")).press("Enter")
    expect(dialog).to_contain_text("Logged")
    presses(page, "Escape")
    expect(dialog).to_be_hidden()
    assert "/search?q=thirteen" in page.url
    page.goto(there["deal"])
    expect(page.locator(".timeline")).to_contain_text("Ibis deck")


def test_a_link_is_copied_by_a_key(sign_in, window, there):
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sign_in("rae")
    page.goto("/search?q=thirteen+fortnights")
    presses(page, "/", "ArrowDown", "c")
    expect(page.locator("#said")).to_have_text("The link is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/assets/ibis-deck#page=2", copied)


def test_a_search_from_a_deal_says_what_fits_and_keeps_to_the_deal(sign_in, there):
    page = sign_in("rae")
    page.goto(there["deal"])
    page.get_by_role("link", name="Find content for it").click()
    expect(page.locator(".for-deal")).to_contain_text("Ibis for nine lakes")
    presses(page, "/")
    page.keyboard.type("thirteen fortnights")
    expect(page.locator("#results-title")).to_contain_text("1 piece for")
    expect(page.locator(".for-deal")).to_contain_text("Ibis for nine lakes")


def test_what_is_searched_in_vain_reaches_marketing(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=flamingo+leasing")
    page.get_by_role("button", name="Tell marketing it is missing").click()
    expect(page.get_by_role("status").filter(has_text="Noted")).to_be_visible()
    marketer = sign_in("max")
    marketer.goto("/insights/gaps")
    row = marketer.get_by_role("row").filter(has_text="flamingo leasing")
    expect(row).to_contain_text("nothing was found")
    assert axe(marketer) == []


def test_a_search_is_kept_and_offered_in_the_empty_box(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=thirteen+fortnights")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name", exact=True).fill("Payback figures")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved as")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search\?q=thirteen"))
    page.goto("/deals")
    presses(page, "/")
    expect(page.get_by_role("option", name=re.compile("Payback figures"))).to_be_visible()
    presses(page, "ArrowUp", "Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=thirteen"))


def test_a_word_stands_for_another_as_soon_as_an_admin_says_so(sign_in, there):
    page = sign_in("ada")
    page.goto("/admin/synonyms")
    page.get_by_label("New group").fill("ibis, threskiornis")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("stand for each other")
    page.goto("/search?q=threskiornis")
    expect(page.locator(".hit")).to_contain_text("Ibis deck")
    expect(page.locator("main")).to_contain_text("Also looked for: ibis")


def test_why_a_result_is_on_top_can_be_read(sign_in, there):
    page = sign_in("rae")
    page.goto("/search?q=thirteen+fortnights")
    page.get_by_text("Why this result").first.click()
    expect(page.locator(".why-table").first).to_contain_text(
        "It is new: it counts as used 10 times"
    )
    page.get_by_role("link", name="How results are ranked").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How results are ranked")
