"""The life of a deck, as people live it: in, found, opened, renewed, retired."""

import io
import re

from playwright.sync_api import Page, expect

from tests.factories import a_deck
from tests.hub import wait_until

FIRST = a_deck(
    "Welcome: Our company at a glance",
    "Pricing: The walrus plan costs ninety euros a month",
    "Security: Audited every year",
    notes="Ask about their migration",
)
SECOND = a_deck(
    "Welcome: Our company at a glance",
    "Pricing: The narwhal plan costs eighty euros a month",
    "Security: Audited every year",
)


def publish(page: Page, name: str, content: bytes) -> None:
    """Put one file in by the form and wait until its row says so."""
    page.goto("/assets/new")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Publish all").click()
    expect(page.get_by_role("status").filter(has_text="is published")).to_be_visible()


def found(page: Page, words: str) -> int:
    """How many results a search has, after the index has caught up."""
    page.goto(f"/search?q={words}")
    return page.locator(".hit:not(.hit-retired)").count()


def wait_for(page: Page, words: str, results: int) -> None:
    """Search until there are as many results."""
    wait_until(lambda: found(page, words) == results, f"{words} has {results} results", 20)


def test_a_deck_lives_from_upload_to_retirement(sign_in, hub):
    page = sign_in("max")
    publish(page, "Acme pricing.pptx", FIRST)
    wait_for(page, '"walrus plan costs ninety"', 1)
    page.locator(".hit h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/assets/acme-pricing#page=2$"))
    address = page.url.partition("#")[0]

    page.goto(f"{address}/versions/new")
    page.set_input_files("input[type=file]", {"name": "b.pptx", "mimeType": "", "buffer": SECOND})
    page.get_by_label(re.compile("what changed|change note", re.IGNORECASE)).fill("New prices")
    page.get_by_role(
        "button", name=re.compile("version|publish|upload", re.IGNORECASE)
    ).last.click()
    expect(page).to_have_url(address)
    wait_for(page, '"narwhal plan costs eighty"', 1)
    wait_for(page, '"walrus plan costs ninety"', 0)

    with page.expect_download() as download:
        page.goto(address)
        page.get_by_role("link", name=re.compile("download", re.IGNORECASE)).first.click()
    assert download.value.suggested_filename == "Acme pricing v2.pptx"
    assert io.BytesIO(download.value.path().read_bytes()).getvalue() == SECOND

    publish(page, "Pricing from now on.pptx", a_deck("Pricing: One plan for all"))
    page.goto(f"{address}/retire")
    page.get_by_label(re.compile("why|reason", re.IGNORECASE)).fill("Prices changed")
    page.get_by_label(re.compile("instead|replace", re.IGNORECASE)).fill("pricing-from-now-on")
    page.get_by_role("button", name=re.compile("^retire", re.IGNORECASE)).last.click()
    expect(page.get_by_role("link", name="Pricing from now on").first).to_be_visible()
    wait_for(page, "narwhal", 0)
    expect(
        page.locator(".hit-retired").get_by_role("link", name="Pricing from now on")
    ).to_be_visible()

    rep = sign_in("rae")
    rep.goto(address)
    expect(rep.get_by_role("link", name="Pricing from now on").first).to_be_visible()
    expect(rep.get_by_role("link", name=re.compile("^download", re.IGNORECASE))).to_have_count(0)
