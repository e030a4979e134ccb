"""Near duplicates: pages that say almost the same, and documents made of such pages."""

from app.text.near.bands import bands
from app.text.near.matching import is_enough, is_nearly_same, matching_pages, shared
from app.text.near.shingles import is_same_page, likeness

__all__ = [
    "bands",
    "is_enough",
    "is_nearly_same",
    "is_same_page",
    "likeness",
    "matching_pages",
    "shared",
]
