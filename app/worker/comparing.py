"""Comparing the pages of a version with those of all other pieces."""

from app.db import session, transaction
from app.services import comparing
from app.worker.once import once


def compare_version(version_id: int) -> None:
    """Keep a version's bands, look for what is nearly the same, and keep that."""
    with once("compare", version_id) as is_mine:
        bands = comparing.bands_of(version_id) if is_mine else None
        session.rollback()
        if bands is None:
            return
        with transaction():
            comparing.keep_bands(bands)
        pairs = comparing.pairs_of(version_id, bands)
        session.rollback()
        with transaction():
            comparing.keep_pairs(version_id, pairs)
