"""What every engine keeps of an asset: an entry for the asset (page 0) and one for each page.

The asset's own words and facets stand in its own entry alone, which speaks for each of its pages: a
query whose words are spread over an asset's title and a page is answered by that page. To hold them
once rather than on each page leaves a third of an index away; a search joins them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.backends.search.base import AssetDocument
from app.text.words import facet_key, fold, for_index

# To be raised with every change of what is indexed or how: older indexes are then made anew.
FIELDS_VERSION = 2

# BM25 is reckoned per field and multiplied by these; `make bench-relevance` says how good that is.
# A word of an asset's title counts in `about` too, one of a page's title most often in `text`.
BOOSTS = {
    "title": 2.0,
    "tags": 1.0,
    "about": 0.25,
    "page_title": 0.25,
    "text": 1.0,
    "notes": 0.5,
}
OWN_FIELDS = ("page_title", "text", "notes")
ASSET_FIELDS = ("title", "tags", "about")
ASSET_FIELD = "about"
BODY_FIELD = "text"
# What names a piece: these weigh most where the query is short, as a boost is for all its words.
BONUS_FIELDS = ("title", "tags")
ALL_FIELDS = (*OWN_FIELDS, ASSET_FIELD)
# Keep no positions: words of a phrase need only be there together.
UNPLACED_FIELDS = frozenset({"tags"})

# Stands among the facets of public assets and of their pages; nobody can ask for one called so.
PUBLIC = "public:yes"

LAST_PAGE = (1 << 20) - 1
LONGEST_WORD = 80
_LONGEST_FACET = 200

_PAGE_TEXTS = {"page_title": "title", "text": "text", "notes": "notes"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as it is indexed, or an asset's own entry, its texts by field and ready to be split.

    `public` holds the texts whose words may be offered to everybody; only page 0 has them.
    """

    asset_id: int
    page: int
    texts: Mapping[str, str | list[str]]
    facets: Sequence[str]
    public: tuple[str, ...] = ()


def entries(asset: AssetDocument) -> Iterator[Entry]:
    """The asset's own entry and those of its pages."""
    said = _said(asset)
    pages = [
        {field: for_index(getattr(page, name)) for field, name in _PAGE_TEXTS.items()}
        for page in asset.pages
    ]
    offered = [*said["about"], *(text for page in pages for text in page.values())]
    public = tuple(offered) if asset.is_public else ()
    own = [PUBLIC] if asset.is_public else []
    yield Entry(asset.asset_id, 0, said, [*sorted(_facet_terms(asset)), *own], public)
    for page, texts in zip(asset.pages, pages, strict=True):
        yield Entry(asset.asset_id, min(page.number, LAST_PAGE), texts, own)


def facet_term(facet: str, key: str) -> str:
    """How a facet's compared value stands in the index."""
    return f"{facet}:{key[:_LONGEST_FACET]}"


def _said(asset: AssetDocument) -> dict[str, str | list[str]]:
    title = for_index(asset.title)
    tags = [
        for_index(value)
        for facet, values in asset.facets.items()
        if facet != "owner"
        for value in values
    ]
    return {"title": title, "tags": tags, "about": [title, for_index(asset.description), *tags]}


def _facet_terms(asset: AssetDocument) -> set[str]:
    terms: set[str] = set()
    for facet, values in asset.facets.items():
        for value in values:
            keys = [facet_key(facet, value)]
            if facet == "owner":
                keys += fold(value).split()
            terms.update(facet_term(facet, key) for key in keys)
    return terms
