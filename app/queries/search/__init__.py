"""Searching: the index proposes, the database disposes.

The engine says which assets match and how well their text does. What the asker may see, the
filters, the totals, the facets and the order are decided here, from the catalogue.
"""

from app.queries.search.found import Found, Glance, Hit, Reason
from app.queries.search.searching import HALF_TYPED, all_matching, glimpsed, search

__all__ = ["HALF_TYPED", "Found", "Glance", "Hit", "Reason", "all_matching", "glimpsed", "search"]
