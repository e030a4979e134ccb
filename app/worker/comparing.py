"""Comparing the pages of a version with those of all other pieces."""

from app.db import session, transaction
from app.services import comparing
from app.worker.once import once


def compare_version(version_id: int) -> None:
    """Make the bands of a version's pages outside any transaction, then keep and compare them."""
    with once("compare", version_id) as is_mine:
        if not is_mine:
            return
        bands = comparing.bands_of(version_id)
        session.rollback()
        with transaction():
            comparing.compare(version_id, bands)
