"""What Tantivy keeps of an asset: a document for the asset itself (page 0) and one for each page.

Every page's document also carries the asset's own words, so that a query whose words are spread
over an asset's title and a page is answered by that page.
"""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from app.backends.search.base import AssetDocument
from app.backends.search.tantivy.analysis import PLAIN, STEMMED
from app.text.words import facet_key, fold, for_index

# To be raised with every change of what is indexed or how: older indexes are then made anew.
SCHEMA_VERSION = 1
FORMAT = f"tantivy {'.'.join(version('tantivy').split('.')[:2])} schema {SCHEMA_VERSION}"

# BM25 is reckoned per field and multiplied by these. A word of the title counts in `about` too.
BOOSTS = {
    "title": 2.0,
    "tags": 1.0,
    "about": 1.0,
    "page_title": 2.0,
    "text": 1.0,
    "notes": 0.5,
}
OWN_FIELDS = ("page_title", "text", "notes")
ASSET_FIELD = "about"
BONUS_FIELDS = ("title", "tags")

# Stands among the facets of public assets; no facet that a person can ask for is called so.
PUBLIC = "public:yes"

LAST_PAGE = (1 << 20) - 1
_LONGEST_FACET = 200


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
    shared = _shared(asset)
    pages = [
        {field: for_index(getattr(page, name)) for field, name in _PAGE_TEXTS.items()}
        for page in asset.pages
    ]
    own: dict[str, object] = {"page": 0, "cover": asset.asset_id, "tally": asset.asset_id * 2}
    if asset.is_public:
        own["public"] = shared["about"] + [text for page in pages for text in page.values()]
    yield Document.from_dict(shared | own, SCHEMA)
    for page, texts in zip(asset.pages, pages, strict=True):
        numbers = {"page": min(page.number, LAST_PAGE), "tally": asset.asset_id * 2 + 1}
        yield Document.from_dict(shared | texts | numbers, SCHEMA)


def position_document(position: int) -> Document:
    """The document that says up to which change the index goes."""
    return Document.from_dict({"position": position}, SCHEMA)


_PAGE_TEXTS = {"page_title": "title", "text": "text", "notes": "notes"}


def _shared(asset: AssetDocument) -> dict[str, Any]:
    title = for_index(asset.title)
    tags = [
        for_index(value)
        for facet, values in asset.facets.items()
        if facet != "owner"
        for value in values
    ]
    return {
        "asset": asset.asset_id,
        "title": title,
        "tags": tags,
        "about": [title, for_index(asset.description), *tags],
        "facet": sorted(_facet_terms(asset)),
    }


def _facet_terms(asset: AssetDocument) -> set[str]:
    terms: set[str] = set()
    for facet, values in asset.facets.items():
        for value in values:
            keys = [facet_key(facet, value)]
            if facet == "owner":
                keys += fold(value).split()
            terms.update(facet_term(facet, key) for key in keys)
    if asset.is_public:
        terms.add(PUBLIC)
    return terms


def facet_term(facet: str, key: str) -> str:
    """How a facet's compared value stands in the index."""
    return f"{facet}:{key[:_LONGEST_FACET]}"
