"""How Tantivy keeps the entries of an asset: its own in one index, those of its pages in another.

Rarity and lengths are reckoned within each index. So that words of pages are as rare as among all
entries, each asset has an empty one among the pages, a blank. Lists of assets take little room
where these lie side by side. An asset's own entry also holds what is written on any of its pages:
the assets that have a word are so found without a look at each page that has it.
"""

from collections.abc import Iterator
from importlib.metadata import version

from tantivy import Document, Schema, SchemaBuilder

from app.backends.search.base import AssetDocument
from app.backends.search.fields import (
    ASSET_FIELDS,
    FIELDS_VERSION,
    OWN_FIELDS,
    PUBLIC,
    UNPLACED_FIELDS,
    Entry,
    entries,
)
from app.backends.search.tantivy.analysis import PLAIN, STEMMED

# The field of what is written on any page of an asset.
HELD = "held"
# The asset of blanks; no real one has it.
NOBODY = 0

# To be raised when Tantivy is to keep the same entries in another way.
SCHEMA_VERSION = 3
FORMAT = (
    f"tantivy {'.'.join(version('tantivy').split('.')[:2])} "
    f"schema {SCHEMA_VERSION} fields {FIELDS_VERSION}"
)


def _builder(*fields: str) -> SchemaBuilder:
    schema = SchemaBuilder()
    for field in fields:
        kept = "freq" if field in UNPLACED_FIELDS else "position"
        schema.add_text_field(field, tokenizer_name=STEMMED, index_option=kept)
    schema.add_unsigned_field("asset", indexed=True, fast=True)
    return schema


def _pages() -> Schema:
    schema = _builder(*OWN_FIELDS)
    schema.add_unsigned_field("page", fast=True)
    # The asset's number on its blank alone.
    schema.add_unsigned_field("blank", indexed=True)
    # 1 on the pages of public assets.
    schema.add_unsigned_field("public", indexed=True)
    return schema.build()


def _covers() -> Schema:
    schema = _builder(*ASSET_FIELDS)
    schema.add_text_field(HELD, tokenizer_name=STEMMED, index_option="basic")
    schema.add_text_field("facet", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("public", tokenizer_name=PLAIN, index_option="basic")
    schema.add_unsigned_field("position", fast=True)
    return schema.build()


PAGES = _pages()
COVERS = _covers()


def documents(asset: AssetDocument) -> Iterator[tuple[Schema, Document]]:
    """The asset's own document and those of its pages, each with the schema of its index."""
    own, *pages = entries(asset)
    held = [text for page in pages for text in page.texts.values()]
    yield COVERS, Document.from_dict({**_values_of_asset(own), HELD: held}, COVERS)
    for page in pages:
        yield PAGES, Document.from_dict(_values_of_page(page), PAGES)
    blank = {"blank": asset.asset_id, "asset": NOBODY, "page": 0}
    yield PAGES, Document.from_dict(blank, PAGES)


def position_document(position: int) -> Document:
    """The document that says up to which change the index goes."""
    return Document.from_dict({"position": position}, COVERS)


def _values_of_asset(entry: Entry) -> dict[str, object]:
    facets, public = list(entry.facets), list(entry.public)
    return {**entry.texts, "asset": entry.asset_id, "facet": facets, "public": public}


def _values_of_page(entry: Entry) -> dict[str, object]:
    public = int(PUBLIC in entry.facets)
    return {**entry.texts, "asset": entry.asset_id, "page": entry.page, "public": public}
