"""Comparing the pages of a version with those of all other pieces: slow, so done by the worker.

Its bands are kept before the others are looked for, so that of two that come at once each finds the
other; all that is slow is done outside of any transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select

from app.choices import TextState
from app.db import session
from app.models.likeness import NearDuplicate, PageBand
from app.models.version import Page, Version
from app.queries import duplicates
from app.text import near

Bands = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Another version that is nearly the same: how many pages match of how many."""

    other_id: int
    pages: int
    of_pages: int


def bands_of(version_id: int) -> Bands | None:
    """The bands of each page of a version, by the page's row; none where it needs no comparing."""
    version = session.get(Version, version_id, populate_existing=True)
    if version is None or version.is_compared or version.text_state is not TextState.READY:
        return None
    rows = select(Page.id, Page.title, Page.text).where(Page.version_id == version_id)
    return {
        page_id: near.bands(f"{title} {text}")
        for page_id, title, text in session.execute(rows).all()
    }


def keep_bands(bands: Bands) -> None:
    """Keep the bands of some pages, in place of those that were there."""
    rows = [
        {"page_id": page_id, "value": value}
        for page_id, values in bands.items()
        for value in set(values)
    ]
    session.execute(delete(PageBand).where(PageBand.page_id.in_(list(bands))))
    if rows:
        session.execute(insert(PageBand), rows)


def pairs_of(version_id: int, bands: Bands) -> list[Pair]:
    """The other pieces' versions that are nearly the same."""
    version = session.get(Version, version_id)
    values = {value for some in bands.values() for value in some}
    if version is None or not values:
        return []
    return list(_pairs(version, duplicates.candidates(version, values)))


def keep_pairs(version_id: int, pairs: Sequence[Pair]) -> None:
    """Note them from either side, and that the version has been compared; safe to repeat."""
    version = session.get(Version, version_id, with_for_update={"of": Version})
    if version is None or version.is_compared:
        return
    version.is_compared = True
    either = or_(NearDuplicate.version_id == version_id, NearDuplicate.other_id == version_id)
    session.execute(delete(NearDuplicate).where(either))
    for pair in pairs:
        share = {"pages": pair.pages, "of_pages": pair.of_pages}
        session.add(NearDuplicate(version_id=version_id, other_id=pair.other_id, **share))
        session.add(NearDuplicate(version_id=pair.other_id, other_id=version_id, **share))


def _pairs(version: Version, others: Sequence[Version]) -> Iterator[Pair]:
    mine = duplicates.texts([version.id]).get(version.id, [])
    for other in others:
        matching, shorter = near.shared(duplicates.texts([other.id]).get(other.id, []), mine)
        if near.is_enough(matching, shorter):
            yield Pair(other.id, matching, shorter)
