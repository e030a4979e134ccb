"""Make sure that there is a browser for the tests: Debian's Chromium, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DEBIAN = "chromium"


def debian_browser() -> str | None:
    """Debian's Chromium, where it is installed."""
    return shutil.which(DEBIAN)


def has_own_browser() -> bool:
    """Whether Playwright has brought one of its own."""
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def installed_by_apt() -> bool:
    """Install Debian's Chromium, as root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Chromium for the browser tests ...", flush=True)
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", DEBIAN]):
        done = subprocess.run(["apt-get", *words], stdout=subprocess.DEVNULL)  # noqa: S607
        if done.returncode:
            return False
    return debian_browser() is not None


def installed_by_playwright() -> bool:
    """Let Playwright bring its own."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command).returncode == 0


def main() -> int:
    """Exit status 0 when there is a browser at the end."""
    if debian_browser() or has_own_browser() or installed_by_apt() or installed_by_playwright():
        return 0
    print("The tests need a browser. Please run first: sudo apt-get install chromium")
    return 1


if __name__ == "__main__":
    sys.exit(main())
