"""The loop, as people close it: used on a deal, said from the field, answered, counted."""

import io
import json
import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.factories import a_deck
from tests.hub import Hub, wait_until

DECK = a_deck("Payback: A heron pays for itself in nine months", "Proof: Ask for the log")
DEAL = {
    "name": "Heron for twelve depots",
    "account": "Nordfrost",
    "owner_email": "rae@example.com",
    "amount": {"amount": "25000.00", "currency": "EUR"},
    "stage_history": [{"stage": "desire", "entered_at": "2026-10-01"}],
}


def send(hub: Hub, token: str, method: str, path: str, body: object) -> dict:
    """One call of the JSON API."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(
        f"{hub.address}/api/v1{path}", json.dumps(body).encode(), headers, method=method
    )
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return json.load(answer)


@pytest.fixture(scope="session")
def deal(hub: Hub) -> str:
    """A deal of rae that the CRM has sent; answers its path."""
    token = hub.token("ada")
    return f"/deals/{send(hub, token, 'PUT', '/deals/HERON-1', DEAL)['id']}"


@pytest.fixture(scope="session")
def piece(hub: Hub) -> str:
    """A deck of max; answers its path."""
    folder = hub.folder / "heron"
    folder.mkdir()
    (folder / "Heron payback.pptx").write_bytes(DECK)
    hub.flask("import-folder", str(folder), "--publish", "--owner", "max@example.com")
    return "/assets/heron-payback"


def log(page: Page, piece: str) -> None:
    """Log a use from the piece."""
    page.goto(f"{piece}/use")
    page.get_by_role("button", name=re.compile("Heron for twelve depots")).click()
    expect(page.get_by_role("status")).to_contain_text("Logged on Heron for twelve depots")


def uses(page: Page, deal: str) -> int:
    """How many uses the deal's timeline shows."""
    page.goto(deal)
    return page.locator(".timeline .happening:has(a[href^='/assets/'])").count()


def test_the_loop_closes(sign_in, hub, deal, piece):
    rep = sign_in("rae")
    wait_until(lambda: _finds(rep, '"pays for itself in nine"'), "the deck is found", 20)
    rep.get_by_role("link", name=re.compile("^Log use of Heron")).click()
    rep.get_by_role("button", name=re.compile("Heron for twelve depots")).click()
    expect(rep.get_by_role("dialog")).to_contain_text("on Heron for twelve depots")
    rep.get_by_role("link", name="Open the deal").click()
    expect(rep).to_have_url(re.compile(f"{deal}$"))

    rep.get_by_role("link", name="Log a use").first.click()
    rep.get_by_label("Shared").check()
    rep.get_by_role("button", name=re.compile("Heron payback")).click()
    expect(rep.locator(".timeline")).to_contain_text("Shared Heron payback")

    rep.get_by_role("link", name="Give feedback").click()
    rep.get_by_label("Wrong").check()
    rep.get_by_label("What happened?").fill("It is eleven months, not nine")
    rep.get_by_label(re.compile("Heron payback")).check()
    rep.get_by_role("button", name="Send feedback").click()
    expect(rep.get_by_role("status")).to_contain_text("It is with the owner now")
    note = rep.url

    owner = sign_in("max")
    owner.goto("/feedback")
    owner.locator(".note", has_text="eleven months").get_by_role("link", name="Answer").click()
    expect(owner).to_have_url(note)
    owner.get_by_role("button", name=re.compile("^Accept")).click()
    expect(owner.get_by_role("status")).to_contain_text("Accepted")
    owner.goto(f"{piece}/versions/new")
    newer = {"name": "h.pptx", "mimeType": "", "buffer": a_deck("Payback: In eleven months")}
    owner.set_input_files("input[type=file]", newer)
    owner.get_by_label("What changed?").fill("Eleven months")
    owner.get_by_role("button", name="Upload version").click()
    expect(owner).to_have_url(re.compile(f"{piece}$"))
    owner.goto(note)
    owner.get_by_label("Fixed in version").fill("2")
    owner.get_by_role("button", name="Fixed", exact=True).click()
    expect(owner.locator("main")).to_contain_text("Fixed in version 2")

    manager = sign_in("mia")
    manager.goto(deal)
    expect(manager.locator("main")).to_contain_text("Version 2 is current")
    manager.goto("/insights/evidence")
    manager.get_by_role("link", name="Heron payback").click()
    expect(manager.locator("main")).to_contain_text("Can't tell yet")
    expect(manager.locator("main")).to_contain_text(
        "closed deals used it in this stage, and it takes 20"
    )


def _finds(page: Page, words: str) -> bool:
    page.goto(f"/search?q={words}")
    return page.locator(".hit").count() == 1


def test_a_use_is_undone(sign_in, deal, piece):
    page = sign_in("rae")
    log(page, piece)
    before = uses(page, deal)
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_role("status")).to_contain_text("The use is undone")
    assert uses(page, deal) == before - 1


def test_a_download_from_a_deal_logs_itself(sign_in, deal, piece):
    page = sign_in("rae")
    log(page, piece)
    before = uses(page, deal)
    with page.expect_download() as download:
        page.locator(".pieces").get_by_role("link", name=re.compile("^Download")).first.click()
    assert io.BytesIO(download.value.path().read_bytes()).read(2) == b"PK"
    assert uses(page, deal) == before + 1


def test_the_loop_works_by_keyboard_and_without_script(hub, chromium, deal, piece):
    context = chromium.new_context(base_url=hub.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/sign-in?next={piece}/use")
    page.get_by_label("E-mail").fill("rae@example.com")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Heron for twelve depots")).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{deal}$"))
    context.close()
