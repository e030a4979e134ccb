"""Searching: the index proposes, the database disposes.

The engine says which assets match and how well their text does. What the asker may see, the
filters, the totals, the facets and the order are decided here, from the catalogue.
"""

from app.queries.search.found import Found, Hit, Reason
from app.queries.search.searching import matching_ids, search

__all__ = ["Found", "Hit", "Reason", "matching_ids", "search"]
