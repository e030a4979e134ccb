"""How Tantivy keeps the entries of an asset."""

from collections.abc import Iterator
from importlib.metadata import version

from tantivy import Document, Schema, SchemaBuilder

from app.backends.search.base import AssetDocument
from app.backends.search.fields import FIELDS_VERSION, OWN_FIELDS, entries
from app.backends.search.tantivy.analysis import PLAIN, STEMMED

# To be raised when Tantivy is to keep the same entries in another way.
SCHEMA_VERSION = 1
FORMAT = (
    f"tantivy {'.'.join(version('tantivy').split('.')[:2])} "
    f"schema {SCHEMA_VERSION} fields {FIELDS_VERSION}"
)


def _schema() -> Schema:
    schema = SchemaBuilder()
    for field in ("title", "about", *OWN_FIELDS):
        schema.add_text_field(field, tokenizer_name=STEMMED)
    schema.add_text_field("tags", tokenizer_name=STEMMED, index_option="freq")
    schema.add_text_field("facet", tokenizer_name="raw", index_option="basic")
    schema.add_text_field("public", tokenizer_name=PLAIN, index_option="basic")
    schema.add_unsigned_field("asset", indexed=True, fast=True)
    schema.add_unsigned_field("page", indexed=True, fast=True)
    # An asset's number once more, on its page 0 alone.
    schema.add_unsigned_field("cover", indexed=True)
    # An asset's number, doubled, and one more on its pages: counts both in one aggregation.
    schema.add_unsigned_field("tally", fast=True)
    schema.add_unsigned_field("position", stored=True, indexed=True, fast=True)
    return schema.build()


SCHEMA = _schema()


def documents(asset: AssetDocument) -> Iterator[Document]:
    """The asset's own document and those of its pages."""
    for entry in entries(asset):
        numbers = {"asset": entry.asset_id, "page": entry.page, "tally": entry.asset_id * 2}
        own: dict[str, object] = {"facet": entry.facets}
        if entry.page:
            numbers["tally"] += 1
        else:
            numbers["cover"] = entry.asset_id
        if entry.public:
            own["public"] = list(entry.public)
        yield Document.from_dict({**entry.texts, **numbers, **own}, SCHEMA)


def position_document(position: int) -> Document:
    """The document that says up to which change the index goes."""
    return Document.from_dict({"position": position}, SCHEMA)
