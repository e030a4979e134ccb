"""A real browser in front of a real hub."""

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import cast
from tests.hub import ROOT, Hub, make_database, start, stop, wait_until

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-gpu"]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub with the cast, shared by the journeys of one test process."""
    folder = tmp_path_factory.mktemp("browser")
    make_database(folder / "hub.db")
    running = start(folder)
    yield running
    stop(running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium where it is, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def window(hub: Hub, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser window; whatever the page's policy refuses fails the test."""
    context = chromium.new_context(base_url=hub.address, viewport={"width": 1280, "height": 900})
    refused: list[str] = []
    context.on(
        "console",
        lambda message: (
            refused.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield context
    context.close()
    assert refused == []


@pytest.fixture
def sign_in(window: BrowserContext) -> Callable[[str], Page]:
    """The only page, on which somebody of the cast is signed in, whoever was before."""

    def come_in(name: str) -> Page:
        for open_page in window.pages:
            open_page.close()
        page = window.new_page()
        wait_until(lambda: is_signed_out(page), "nobody is signed in")
        page.get_by_label("E-mail").fill(cast.email(name))
        page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
        page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
        expect(page).to_have_url(re.compile(r"/$"))
        return page

    return come_in


def is_signed_out(page: Page) -> bool:
    """Forget who was there; an answer that came late may have brought their cookie back."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    return page.url.endswith("/sign-in")


def axe(page: Page) -> list[str]:
    """What axe finds wrong with a page: rule and place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
