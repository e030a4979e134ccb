"""How Whoosh keeps the entries of an asset."""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import versionstring
from whoosh.columns import StructColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Format

from app.backends.search.base import AssetDocument
from app.backends.search.fields import BOOSTS, FIELDS_VERSION, UNPLACED_FIELDS, Entry, entries
from app.backends.search.whoosh.analysis import placed_words, stem
from app.backends.search.whoosh.codec import pack_places

# To be raised when Whoosh is to keep the same entries in another way.
SCHEMA_VERSION = 1
FORMAT = f"whoosh {versionstring()} schema {SCHEMA_VERSION} fields {FIELDS_VERSION}"

TEXT_FIELDS = tuple(BOOSTS)
# The page of the one document that is no page: its "asset" says up to which change the index goes.
POSITION = (1 << 32) - 1

Term = tuple[bytes, int, float, bytes]


class _Words(FieldType):  # type: ignore[misc]
    """Takes words that are split already, with their places, and keeps what its format keeps."""

    def __init__(self, *, is_placed: bool) -> None:
        super().__init__(Format() if is_placed else Existence(), None)
        self.is_placed = is_placed

    def index(self, value: list[tuple[int, str]], **_: Any) -> Iterator[Term]:
        """The terms of one document, each with its frequency, once as a count, once as a weight."""
        places: dict[str, list[int]] = {}
        for place, word in value:
            places.setdefault(word, []).append(place)
        for word, found in places.items():
            count = len(found)
            packed = pack_places(found) if self.is_placed else b""
            yield word.encode(), count, 1.0 if count == 1 else float(count), packed


def _schema() -> Schema:
    words = {name: _Words(is_placed=name not in UNPLACED_FIELDS) for name in TEXT_FIELDS}
    # The asset, the page and how many words each field has; read whole when a segment is opened.
    column = StructColumn(f"!qI{len(TEXT_FIELDS)}I", (0, POSITION) + (0,) * len(TEXT_FIELDS))
    return Schema(
        **words,
        facet=_Words(is_placed=False),
        public=_Words(is_placed=False),
        place=COLUMN(column),
    )


SCHEMA = _schema()


def documents(asset: AssetDocument) -> Iterator[dict[str, Any]]:
    """The asset's own document and those of its pages."""
    for entry in entries(asset):
        yield _document(entry)


def position_document(position: int) -> dict[str, Any]:
    """The document that says up to which change the index goes."""
    return {"place": (position, POSITION) + (0,) * len(TEXT_FIELDS)}


def _document(entry: Entry) -> dict[str, Any]:
    words = {name: _stemmed(text) for name, text in entry.texts.items()}
    lengths = [len(words.get(name, ())) for name in TEXT_FIELDS]
    public = sorted({word for text in entry.public for _, word in placed_words(text)})
    return {
        **words,
        "facet": list(enumerate(entry.facets)),
        "public": list(enumerate(public)),
        "place": (entry.asset_id, entry.page, *lengths),
    }


def _stemmed(texts: str | Iterable[str]) -> list[tuple[int, str]]:
    """The stems of one text or of several, with a gap between each two."""
    found: list[tuple[int, str]] = []
    start = 0
    for text in [texts] if isinstance(texts, str) else texts:
        for place, word in placed_words(text):
            found.append((start + place, stem(word)))
        start = found[-1][0] + 2 if found else 0
    return found
