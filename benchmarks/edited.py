"""Documents of a folder, and edited copies of them that know where each page is from."""

import random
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

import docx
import pptx

from app.backends.extraction.parent import ExtractionFailed, extract

_NUMBER = re.compile(r"\d+")
ADDED = 30


@dataclass(frozen=True, slots=True)
class Page:
    """Words of a page, and its place from 0 in the document that it was copied from."""

    origin: int
    title: str
    text: str

    @property
    def words(self) -> str:
        """What is compared."""
        return f"{self.title} {self.text}"

    def but(self, title: str | None = None, text: str | None = None) -> "Page":
        """The page with other words."""
        return Page(self.origin, self.title if title is None else title,
                    self.text if text is None else text)  # fmt: skip


Document = Sequence[Page]
Edit = Callable[[Document, random.Random], Document | None]


def read(folders: Sequence[Path]) -> dict[Path, Document]:
    """Every file that has text."""
    files = sorted(file for one in folders for file in one.rglob("*") if file.is_file())
    with ThreadPoolExecutor(2) as workers:
        found = zip(files, workers.map(_pages, files), strict=True)
        return {file: pages for file, pages in found if pages}


def resaved(file: Path) -> Document | None:
    """Opened, saved and read again, where the file's kind and state allow that."""
    openers: Mapping[str, Callable[[str], object]] = {
        ".pptx": pptx.Presentation,
        ".docx": docx.Document,
    }
    if file.suffix not in openers:
        return None
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        try:
            openers[file.suffix](str(file)).save(str(copy))  # type: ignore[attr-defined]
        except Exception:
            # Damaged and odd files are among people's, and these libraries raise anything.
            return None
        return _pages(copy)


def _pages(file: Path) -> Document:
    try:
        found = extract(file, file.name)
    except ExtractionFailed:
        return []
    return [Page(n, page.title, page.text) for n, page in enumerate(found.pages if found else ())]


def _one_word(document: Document, chance: random.Random) -> Document:
    """Another word on every page."""
    return [page.but(text=_with_another_word(page.text, chance)) for page in document]


def _with_another_word(text: str, chance: random.Random) -> str:
    """Also where no spaces are between words: then two characters of a run go."""
    found = [word for word in re.finditer(r"\S+", text) if word.group().strip()]
    if not found:
        return text
    word = chance.choice(found)
    start, end = word.span()
    if not word.group().isascii() and len(word.group()) > 12:
        start = chance.randrange(start, end - 2)
        return f"{text[:start]}変更{text[start + 2 :]}"
    return f"{text[:start]}otherwise{chance.randrange(1000)}{text[end:]}"


def _removed(document: Document, chance: random.Random) -> Document | None:
    gone = chance.randrange(len(document))
    kept = [page for n, page in enumerate(document) if n != gone]
    return kept if len(document) > 1 else None


def _reordered(document: Document, chance: random.Random) -> Document | None:
    return chance.sample(document, len(document)) if len(document) > 1 else None


def _longer(document: Document, chance: random.Random) -> Document:
    """A paragraph more on every page."""
    return [_with_a_paragraph(page, chance) for page in document]


def _one_longer(document: Document, chance: random.Random) -> Document:
    """A paragraph more on one page."""
    place = chance.randrange(len(document))
    return [
        _with_a_paragraph(page, chance) if n == place else page for n, page in enumerate(document)
    ]


def _with_a_paragraph(page: Page, chance: random.Random) -> Page:
    """Words that are nowhere else."""
    added = ("".join(chance.choices(ascii_lowercase, k=8)) for _ in range(ADDED))
    return page.but(text=f"{page.text}\n{' '.join(added)}")


def _numbers(document: Document, chance: random.Random) -> Document | None:
    """Every number on every page is another."""

    def other(number: re.Match[str]) -> str:
        return str(int(number.group()[:9]) + chance.randint(1, 99))

    changed = [
        page.but(_NUMBER.sub(other, page.title), _NUMBER.sub(other, page.text)) for page in document
    ]
    return changed if changed != list(document) else None


def _titles(document: Document, chance: random.Random) -> Document | None:
    """Four other words as the title of every page that has one, where the page shows it too."""
    changed = []
    for page in document:
        title = f"Brand new heading {chance.randrange(1000)}" if page.title else ""
        text = page.text.replace(page.title, title, 1) if page.title else page.text
        changed.append(page.but(title, text))
    return changed if changed != list(document) else None


EDITS: Mapping[str, Edit] = {
    "a word changed on every page": _one_word,
    "a page removed": _removed,
    "reordered": _reordered,
    f"{ADDED} words added to a page": _one_longer,
    f"{ADDED} words added to every page": _longer,
    "every number changed": _numbers,
    "every title changed": _titles,
}


def copies(
    documents: Mapping[Path, Document], edit: Edit, chance: random.Random
) -> Iterator[tuple[Path, Document]]:
    """The edited copies of those that can be edited so."""
    for file, pages in documents.items():
        if copy := edit(pages, chance):
            yield file, copy
