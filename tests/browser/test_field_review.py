"""A draft is shown to somebody from the field before it is published."""

from playwright.sync_api import Page, expect

from tests.browser.steps import take_in
from tests.factories import a_deck

SKUA = a_deck("Skua: Never gives up", "Promise: Live in two days", "End: Call us")
NOTE = "Is the promise on page 2 right?"
REMARK = "Nobody was live in two days so far"
REASON = "Two days is a promise that we break"


def ask(page: Page, piece: str) -> None:
    """Ask rae about a draft."""
    page.goto(piece)
    page.get_by_role("link", name="Field review").click()
    page.get_by_role("group", name="Who looks at it?").get_by_label("Rae").check()
    page.get_by_label("What should they look at?").fill(NOTE)
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("status")).to_contain_text("1 person is asked")


def answer(page: Page) -> None:
    """Follow the question from the first page, remark on a page, and say no."""
    asked = page.get_by_role("region", name="Is this ready? You are asked")
    asked.get_by_role("link", name="Skua").click()
    expect(page.get_by_role("main")).to_contain_text(NOTE)
    sheet = page.get_by_role("article", name="Page 2")
    expect(sheet).to_contain_text("Live in two days")
    sheet.get_by_label("Remark on page 2").fill(REMARK)
    sheet.get_by_role("button", name="Add").click()
    expect(sheet.get_by_role("listitem")).to_contain_text(REMARK)
    page.get_by_role("radio", name="Not ready").check()
    page.get_by_label("Why?").fill(REASON)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("status")).to_contain_text("told to whoever asked")


def test_a_draft_is_judged_in_the_field_and_then_published(sign_in):
    marketer = sign_in("max")
    piece = take_in(marketer, "Skua.pptx", SKUA, "Save as drafts")
    ask(marketer, piece)
    answer(sign_in("rae"))
    other = sign_in("rob")
    assert [other.goto(path).status for path in (piece, f"{piece}/review")] == [404, 404]

    marketer = sign_in("max")
    marketer.goto(f"{piece}/review")
    tally = marketer.get_by_role("region", name="0 ready, 1 not ready")
    expect(tally.get_by_role("listitem")).to_contain_text(REASON)
    expect(marketer.get_by_role("article", name="Page 2")).to_contain_text(REMARK)
    marketer.get_by_role("button", name="Publish version 1").click()
    expect(marketer.get_by_role("status")).to_contain_text("It is published")
    marketer.goto(f"{piece}/review")
    expect(marketer.get_by_role("main")).to_contain_text("This field review was closed")
    assert sign_in("rob").goto(piece).status == 200
