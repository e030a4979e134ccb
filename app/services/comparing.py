"""Comparing the pages of a version with those of all other pieces: slow, so done by the worker."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select

from app.choices import TextState
from app.db import one_at_a_time, session
from app.models.likeness import NearDuplicate, PageBand
from app.models.version import Page, Version
from app.queries import duplicates
from app.text import near

COMPARE_LOCK = 7312


def bands_of(version_id: int) -> Mapping[int, Sequence[int]]:
    """The bands of each page of a version that is still to be compared, by the page's row."""
    version = session.get(Version, version_id, populate_existing=True)
    if version is None or version.is_compared or version.text_state is not TextState.READY:
        return {}
    rows = select(Page.id, Page.title, Page.text).where(Page.version_id == version_id)
    return {
        page_id: near.bands(f"{title} {text}")
        for page_id, title, text in session.execute(rows).all()
    }


def compare(version_id: int, bands: Mapping[int, Sequence[int]]) -> None:
    """Keep a version's bands, and note which other pieces are nearly the same; safe to repeat.

    One at a time, so that of two that come at once the second finds the first.
    """
    one_at_a_time(COMPARE_LOCK)
    version = session.get(Version, version_id, with_for_update={"of": Version})
    if version is None or version.is_compared:
        return
    rows = [
        {"page_id": page_id, "value": value}
        for page_id, values in bands.items()
        for value in set(values)
    ]
    if rows:
        session.execute(insert(PageBand), rows)
    version.is_compared = True
    session.flush()
    for other in duplicates.candidates(version, {row["value"] for row in rows}) if rows else ():
        _note(version, other)


def _note(version: Version, other: Version) -> None:
    texts = duplicates.texts([version.id, other.id])
    old, new = texts.get(other.id, []), texts.get(version.id, [])
    if near.is_nearly_same(old, new):
        share = {"pages": len(near.matching_pages(old, new)), "of_pages": _shorter(old, new)}
        session.add(NearDuplicate(version_id=version.id, other_id=other.id, **share))
        session.add(NearDuplicate(version_id=other.id, other_id=version.id, **share))


def _shorter(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pages the shorter one has that say enough to be told apart."""
    return min(sum(1 for text in pages if near.bands(text)) for pages in (old, new))
