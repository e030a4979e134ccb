"""A version that somebody holds is replaced: they are told, they replace it, and it is counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import look_until, renew, take_in
from tests.browser.test_loop import DEAL, send
from tests.factories import a_deck
from tests.hub import Hub

OLD = a_deck("Fulmar: Glides for hours", "Price: Ninety euros a month", "End: Call us")
NEW = a_deck("Fulmar: Glides for hours", "Price: Eighty euros a month", "End: Call us")
WHY = "The price has fallen to eighty euros"
NAME = "Fulmar for the northern depots"


@pytest.fixture(scope="module", autouse=True)
def deal(hub: Hub) -> None:
    """An open deal of otto, who holds nothing else."""
    token = hub.token("ada")
    sent = {**DEAL, "name": NAME, "owner_email": "otto@example.com"}
    send(hub, token, "PUT", "/deals/FULMAR-1", sent)


def hold(page: Page, piece: str) -> None:
    """Download a piece, and have it on the open deal."""
    page.goto(piece)
    with page.expect_download():
        page.get_by_role("link", name="Download").click()
    page.get_by_role("link", name="Log use").click()
    page.get_by_role("button", name=re.compile(NAME)).click()
    expect(page.get_by_role("status")).to_contain_text(f"Logged on {NAME}")


def read_and_do(page: Page) -> None:
    """Follow what one is told, from the bell to the last button."""
    look_until(page, "/", page.get_by_role("link", name="Inbox, 1 new"))
    replace = page.get_by_role("region", name="Replace what you hold")
    expect(replace.get_by_role("listitem")).to_contain_text("must be replaced")
    page.get_by_role("link", name="Inbox, 1 new").click()
    line = page.get_by_role("listitem").filter(has_text="Replace your copy of “Fulmar”")
    expect(line).to_contain_text("Pages changed: 2.")
    line.get_by_role("link").click()

    what = page.get_by_role("region", name="What changed")
    expect(what).to_contain_text(WHY)
    expect(what).to_contain_text("Pages changed: 2.")
    held = page.get_by_role("region", name="What you hold")
    expect(held).to_contain_text("Version 1, downloaded")
    expect(held).to_contain_text(f"Version 1, on an open deal: {NAME}")
    held.get_by_role("button", name="Done, mine are replaced").click()
    expect(page.get_by_role("main")).to_contain_text("that your copies are replaced")


def retire(page: Page, piece: str) -> None:
    """Take a piece out of use for another, having seen who uses it."""
    page.goto(piece)
    page.get_by_role("link", name="Retire").click()
    users = page.get_by_role("region", name="Who uses it now")
    expect(users).to_contain_text("1 open deal worth")
    expect(users).to_contain_text(NAME)
    expect(users).to_contain_text("1 person downloaded it within 180 days: Otto")
    page.get_by_label("Why?").fill("The petrel flies further")
    page.get_by_label("What to use instead").fill("petrel")
    page.get_by_role("button", name="Retire this piece").click()
    expect(page.get_by_role("status")).to_contain_text("It is retired")


def test_a_holder_is_told_until_the_old_version_is_replaced(sign_in):
    marketer = sign_in("max")
    piece = take_in(marketer, "Fulmar.pptx", OLD)
    hold(sign_in("otto"), piece)
    marketer = sign_in("max")
    renew(marketer, piece, NEW, WHY, "They must replace it, and are reminded")
    read_and_do(sign_in("otto"))

    marketer = sign_in("max")
    marketer.goto("/recalls?view=all")
    row = marketer.get_by_role("listitem").filter(has_text="Fulmar")
    expect(row).to_contain_text("1 of 1 done")
    expect(row).to_contain_text("Closed")
    row.get_by_role("link", name="Fulmar").click()
    expect(marketer.get_by_role("heading", name="1 of 1 done")).to_be_visible()

    take_in(marketer, "Petrel.pptx", a_deck("Petrel: Flies further than any other"))
    retire(marketer, piece)
    rep = sign_in("otto")
    rep.goto(piece)
    expect(rep.get_by_role("link", name=re.compile("^Download"))).to_have_count(0)
    rep.get_by_role("link", name="Use “Petrel” instead").click()
    expect(rep).to_have_url(re.compile("/assets/petrel$"))
