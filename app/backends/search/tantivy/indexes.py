"""The two indexes that make one: the assets' own entries and their pages."""

from dataclasses import dataclass
from pathlib import Path

from tantivy import Index, Schema, Searcher

from app.backends.search.tantivy.analysis import register
from app.backends.search.tantivy.schema import COVERS, PAGES

_PLACES = {"pages": PAGES, "covers": COVERS}

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Searchers:
    """Both as one commit left them."""

    pages: Searcher
    covers: Searcher


@dataclass(frozen=True, slots=True)
class Indexes:
    """Both, open. The covers are committed last, with the position, and so speak for both."""

    pages: Index
    covers: Index

    def searchers(self) -> Searchers:
        """Both as they stand."""
        # The covers first: what they claim, the pages then have.
        self.covers.reload()
        covers = self.covers.searcher()
        self.pages.reload()
        return Searchers(self.pages.searcher(), covers)


def make(folder: Path) -> Indexes:
    """Empty ones in an empty folder."""
    return Indexes(*(_made(folder / name, schema) for name, schema in _PLACES.items()))


def open_both(folder: Path) -> Indexes:
    """Those that are there, to be read or written."""
    return Indexes(*(_opened(folder / name) for name in _PLACES))


def stamp(folder: Path) -> Stamp:
    """Changes once both are committed; raises OSError where one is not there.

    Between the two commits the pages are ahead: whoever reads keeps those that fit the covers.
    """
    seen = [(folder / name / "meta.json").stat() for name in _PLACES]
    return seen[-1].st_mtime_ns, seen[-1].st_ino


def _made(folder: Path, schema: Schema) -> Index:
    folder.mkdir(mode=0o700)
    index = Index(schema, str(folder))
    register(index)
    return index


def _opened(folder: Path) -> Index:
    index = Index.open(str(folder))
    register(index)
    index.config_reader("manual")
    return index
