"""The poorer search while the index is not there: by titles, summaries and facets alone."""

from sqlalchemy import func, select
from whoosh import query as whoosh_query

from app import bitmaps
from app.db import session
from app.models.asset import Asset
from app.queries.catalogue import Catalogue
from app.text.query import FACETS, Helpful, Query, leaf_text


def by_title(kept: Catalogue, query: Query) -> int:
    """The assets that have all that is asked for in their title, summary and facets."""
    return kept.all if query.is_empty else _found(kept, query.tree)


def _found(kept: Catalogue, node: whoosh_query.Query) -> int:
    if isinstance(node, whoosh_query.Not):
        return kept.all & ~_found(kept, node.query)
    if isinstance(node, whoosh_query.Or):
        return _either([_found(kept, child) for child in node.subqueries])
    if isinstance(node, whoosh_query.And):
        return _all(kept, [_found(kept, child) for child in node.subqueries])
    if isinstance(node, Helpful):
        return kept.all
    if node.fieldname in FACETS:
        return kept.having(node.fieldname, [node.text])
    return _having_words(kept, leaf_text(node))


def _either(found: list[int]) -> int:
    chosen = 0
    for bits in found:
        chosen |= bits
    return chosen


def _all(kept: Catalogue, found: list[int]) -> int:
    chosen = kept.all
    for bits in found:
        chosen &= bits
    return chosen


def _having_words(kept: Catalogue, words: str) -> int:
    said = func.lower(Asset.title + " " + Asset.summary)
    found = select(Asset.id).where(said.contains(words.lower(), autoescape=True))
    return bitmaps.of(session.scalars(found)) & kept.all
