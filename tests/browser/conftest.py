"""A whole hub in a process of its own, and a real browser in front of it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import cast

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-gpu"]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
expect.set_options(timeout=10_000)


@dataclass(frozen=True)
class Hub:
    """A hub that runs: its address, its folder, its parent process, what it printed."""

    address: str
    folder: Path
    process: subprocess.Popen[str]
    environ: dict[str, str]

    def flask(self, *words: str) -> str:
        """Run a flask command on this hub; answers what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path) -> Hub:
    """Start a hub with everything in one folder, and wait until it is ready."""
    port = free_port()
    environ = {
        **os.environ,
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "DATABASE_URL": f"sqlite:///{folder}/hub.db",
        "STORAGE_URL": f"file:{folder}/content",
        "SEARCH_URL": f"tantivy:{folder}/index",
        "QUEUE_URL": f"sqlite:{folder}/queue.db",
        "PORT": str(port),
        "EXAMPLE": "no",
        "MAX_UPLOAD_MB": "5",
    }
    log = (folder / "log.txt").open("a")
    process = subprocess.Popen(
        [sys.executable, "-m", "app.supervisor"],
        cwd=ROOT,
        env=environ,
        stdout=log,
        stderr=log,
        text=True,
    )
    hub = Hub(f"http://127.0.0.1:{port}", folder, process, environ)
    wait_until(lambda: is_ready(hub), "the hub is ready")
    return hub


def stop(hub: Hub) -> int:
    """Stop a hub as Ctrl-C would; answers its exit status."""
    hub.process.send_signal(signal.SIGTERM)
    return hub.process.wait(timeout=30)


def is_ready(hub: Hub) -> bool:
    """Whether the hub says so itself."""
    try:
        with urllib.request.urlopen(f"{hub.address}/readyz", timeout=2):
            return True
    except OSError:
        return False


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for something; fails with its name when it does not come."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def template_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the cast, made in a process of its own."""
    place = tmp_path_factory.mktemp("template") / "hub.db"
    code = (
        "from app import db, schema; from tests import cast; "
        f"db.connect('sqlite:///{place}'); schema.upgrade(); cast.enter(); "
        "db.session.remove(); db.engine().dispose()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    return place


@pytest.fixture(scope="session")
def hub(template_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub with the cast, shared by the journeys of one test process."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copyfile(template_db, folder / "hub.db")
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
    """A page on which somebody of the cast is signed in, whoever was before."""

    def come_in(name: str) -> Page:
        window.clear_cookies()
        page = window.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(cast.email(name))
        page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
        page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
        expect(page).to_have_url(re.compile(r"/$"))
        return page

    return come_in


def axe(page: Page) -> list[str]:
    """What axe finds wrong with a page: rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
