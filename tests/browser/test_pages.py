"""Every page: no violation that axe knows, light and dark, and no wider than a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import axe
from tests.browser.test_loop import DEAL, send
from tests.hub import searched, wait_until

PAGES = {
    "max": [
        "/",
        "/search",
        "/search?q=words",
        "/search?q=nothing-has-this",
        "/search?q=wrods",
        "/saved-searches",
        "/insights/gaps",
        "/insights/searches",
        "/help/ranking",
        "/assets/new",
        "/assets/{asset}",
        "/assets/{asset}/versions",
        "/assets/{asset}/versions/new",
        "/assets/{asset}/edit",
        "/assets/{asset}/retire",
        "/assets/{asset}/review",
        "/assets/{asset}/join",
        "/inbox",
        "/recalls",
        "/recalls?view=all",
        "/reviews",
        "/reviews?whose=team",
        "/assets/{asset}/use",
        "/assets/{asset}/diff?from=1&to=1",
        "/deals",
        "/deals?outcome=won&q=nothing",
        "/deals/new",
        "/deals/{deal}",
        "/deals/{deal}/edit",
        "/deals/{deal}/use",
        "/feedback",
        "/feedback?view=all",
        "/feedback?view=all&unanswered=1&about_piece=1&from=2026-01-01",
        "/feedback/new?deal={deal}",
        "/feedback/{note}",
        "/freshness",
        "/insights",
        "/insights/scoreboard",
        "/insights/scoreboard/rows?measure=outdated_uses",
        "/insights/adoption",
        "/insights/coverage",
        "/insights/library",
        "/insights/library/idle",
        "/help/evidence",
        "/insights/evidence",
        "/insights/evidence/{asset}",
        "/governance",
        "/governance?kind=video",
        "/account",
        "/account/password",
        "/help/search",
        "/api/docs",
        "/nothing-here",
    ],
    "ada": [
        "/admin/people",
        "/admin/people/new",
        "/admin/people/1",
        "/admin/teams",
        "/admin/kinds",
        "/admin/synonyms",
        "/admin/search-index",
        "/admin/audit",
    ],
}


# Whether a table is wider than its frame, and what a page is printed on.
CUT_OFF = """[...document.querySelectorAll('.table-frame, main')]
    .some(frame => frame.scrollWidth > frame.clientWidth + 1)"""
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="session")
def here(hub) -> dict[str, object]:
    """An asset, a deal with a use, and a note on the running hub, as addresses name them."""
    folder = hub.folder / "drop"
    folder.mkdir()
    (folder / "some-words.md").write_text("# Some words\n\nWords that a page shows.\n")
    hub.flask("import-folder", str(folder), "--publish", "--owner", "max@example.com")
    token = hub.token("ada")
    deal = send(hub, token, "PUT", "/deals/PAGES-1", {**DEAL, "name": "For pages"})
    use = {"asset": "some-words", "how": "shared", "note": "They asked for more"}
    send(hub, token, "POST", "/deals/PAGES-1/uses", use)
    said = {"assets": [{"id": "some-words"}], "verdict": "wrong", "note": "No", "deal": "PAGES-1"}
    note = send(hub, token, "POST", "/feedback", said)
    words = "%22words+that+a+page+shows%22"
    wait_until(lambda: searched(hub, token, words) == 1, "its words are found")
    return {"asset": "some-words", "deal": deal["id"], "note": note["id"]}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_any_page(sign_in, here, name):
    page = sign_in(name)
    # Colours that are still on their way from light to dark are nobody's.
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for path in PAGES[name]:
        page.goto(path.format(**here))
        # The description of the API is drawn by a script.
        page.locator("main").first.wait_for()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if wrong := axe(page):
                found[path, scheme] = wrong
    assert found == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_small_phone(sign_in, here, name):
    page = sign_in(name)
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in PAGES[name]:
        page.goto(path.format(**here))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_tables_and_charts_are_whole_in_print(sign_in, here):
    page = sign_in("max")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1000})
    wrong = []
    for path in PAGES["max"]:
        page.goto(path.format(**here))
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        if page.evaluate(CUT_OFF) or page.evaluate(GROUND) != "rgb(255, 255, 255)":
            wrong.append(path)
    assert wrong == []


def test_searching_and_reading_work_without_script(hub, chromium, here):
    context = chromium.new_context(base_url=hub.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in?next=/search")
    page.get_by_label("E-mail").fill("rae@example.com")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_label("Password", exact=True).press("Enter")
    page.get_by_role("searchbox").first.fill("words that a page shows")
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Some words").first.click()
    expect(page.locator("main")).to_contain_text("Words that a page shows")
    context.close()


def test_results_follow_the_keys(sign_in, here):
    page = sign_in("rae")
    page.goto("/search")
    page.keyboard.press("/")
    page.keyboard.type("words shows", delay=20)
    expect(page).to_have_url(re.compile(r"q=words(\+|%20)shows$"))
    expect(page.locator("[data-hit]").first).to_have_text("Some words")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/assets/some-words*")
    expect(page.locator("main")).to_contain_text("Words that a page shows")
