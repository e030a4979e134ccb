"""What people do again and again in the journeys, by the forms alone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.hub import wait_until

# What the worker does comes when it comes: a busy machine takes its time.
PATIENCE = 30_000


def a_choice(name: str, content: bytes) -> dict:
    """A file as a file chooser takes it."""
    return {"name": name, "mimeType": "", "buffer": content}


def take_in(page: Page, name: str, content: bytes, button: str = "Publish all") -> str:
    """Put one file in; answers the piece's path, once its pages are read and compared."""
    page.goto("/assets/new")
    page.get_by_label("Drop files here").set_input_files(a_choice(name, content))
    page.get_by_role("button", name=button).click()
    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_contain_text(re.compile(r"\d pages? read"), timeout=PATIENCE)
    return row.get_by_role("link").first.get_attribute("href") or ""


def renew(page: Page, piece: str, content: bytes, note: str, told: str = "Tell them") -> None:
    """Make a file the current version of a piece, which says how loudly its holders are told."""
    page.goto(f"{piece}/versions/new")
    page.get_by_label("What changed?").fill(note)
    page.get_by_label("Drop the new file here").set_input_files(a_choice("new.pptx", content))
    page.get_by_label("Who holds the version before").select_option(told)
    page.get_by_role("button", name="Upload version").click()
    expect(page).to_have_url(re.compile(f"{piece}$"))


def look_until(page: Page, address: str, there: Locator) -> None:
    """Open a page again and again until the worker has brought what is looked for."""

    def is_there() -> bool:
        page.goto(address)
        return there.count() > 0

    wait_until(is_there, f"{there} is on {address}", PATIENCE / 1000)
