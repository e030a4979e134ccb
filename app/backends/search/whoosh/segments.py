"""One segment of the index, opened for reading: its terms, and what is kept for each document."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from whoosh.filedb.filestore import FileStorage

from app.backends.search.fields import ASSET_FIELDS
from app.backends.search.whoosh.codec import CODEC, Postings
from app.backends.search.whoosh.schema import POSITION, SCHEMA, TEXT_FIELDS
from app.backends.search.whoosh.scoring import length_code

_NOTHING = Postings([], [], [])


class Segment:
    """A segment's files, which never change; for one thread at a time."""

    def __init__(self, storage: FileStorage, info: Any) -> None:
        files = info.open_compound_file(storage)
        self._terms = CODEC.terms_reader(files, info)
        reader = CODEC.per_document_reader(files, info)
        self.size: int = info.doc_count_all()
        self.assets = array("q", bytes(8 * self.size))
        self.pages = array("I", bytes(4 * self.size))
        self.lengths = {name: bytearray(self.size) for name in TEXT_FIELDS}
        self.totals = dict.fromkeys(TEXT_FIELDS, 0)
        self._load(reader.column_reader("place", SCHEMA["place"].column_type))
        self.page_zero = {
            asset: document
            for document, (asset, page) in enumerate(zip(self.assets, self.pages, strict=True))
            if page == 0
        }
        self.page_count = sum(page not in (0, POSITION) for page in self.pages)
        self._ends = _ends(self.pages)

    def _load(self, places: Any) -> None:
        for document in range(self.size):
            asset, page, *lengths = places[document]
            self.assets[document] = asset
            self.pages[document] = page
            is_page = page not in (0, POSITION)
            for name, length in zip(TEXT_FIELDS, lengths, strict=True):
                # The own entry speaks for the pages, which follow it.
                is_said_before = is_page and name in ASSET_FIELDS
                kept = self.lengths[name][document - 1] if is_said_before else length_code(length)
                self.lengths[name][document] = kept
                self.totals[name] += length

    def entries(self, cover: int) -> range:
        """An asset's own entry and its pages, which follow it."""
        return range(cover, self._ends[cover])

    def postings(self, name: str, term: str) -> Postings:
        """Every document with a term, those that were taken out too."""
        text = term.encode()
        if (name, text) not in self._terms:
            return _NOTHING
        found: Postings = self._terms.matcher(name, text, SCHEMA[name].format).everything()
        return found

    def frequency(self, name: str, term: str) -> int:
        """How many documents have a term, those that were taken out too."""
        text = term.encode()
        return int(self._terms.doc_frequency(name, text)) if (name, text) in self._terms else 0

    def terms(self, name: str, beginning: str) -> Iterator[tuple[str, int]]:
        """The terms of a field that begin so, in order, each with its frequency."""
        start = beginning.encode()
        rest = self._terms.items_from(name, start)
        found = takewhile(lambda item: item[0][0] == name and item[0][1].startswith(start), rest)
        return ((text.decode(), info.doc_frequency()) for (_, text), info in found)


def _ends(pages: Sequence[int]) -> dict[int, int]:
    """Where the pages of each own entry end."""
    starts = [document for document, page in enumerate(pages) if page in (0, POSITION)]
    return dict(pairwise([*starts, len(pages)]))


@dataclass(frozen=True, slots=True)
class Part:
    """A segment as one commit left it: without the documents that were taken out."""

    segment: Segment
    gone: frozenset[int]

    def everything(self) -> set[int]:
        """Every living page and page 0."""
        pages = enumerate(self.segment.pages)
        return {document for document, page in pages if page != POSITION} - self.gone

    def lives(self, name: str, term: str) -> int:
        """How many living documents have a term."""
        if not self.gone:
            return self.segment.frequency(name, term)
        return len(set(self.segment.postings(name, term).documents) - self.gone)
