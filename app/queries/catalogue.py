"""What every search needs of all assets, kept in memory and followed by the change number.

Sets of assets are bitmaps: bit n is the asset whose id is n.
"""

import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from sqlalchemy import Engine, Select, func, select, text

from app.choices import FacetName, Role, Status
from app.db import engine, session
from app.models.asset import Asset, Facet
from app.models.field_review import FieldReview, Reviewer
from app.models.index_change import IndexChange
from app.models.person import User
from app.text.words import facet_key

Key = tuple[str, str]
BATCH = 500


class Dates(NamedTuple):
    """The days that an asset's rank depends on."""

    review_by: date | None = None
    expires_on: date | None = None
    published_at: datetime | None = None


NONE = Dates()


class Catalogue:
    """Which asset has which facet values, state and owner, at one change number.

    It is never changed once others can see it: what comes later is its successor.
    """

    def __init__(self, before: "Catalogue | None" = None) -> None:
        self.position: int = before.position if before else 0
        self.all: int = before.all if before else 0
        self.changed: dict[int, int] = dict(before.changed) if before else {}
        self.updated: dict[int, datetime] = dict(before.updated) if before else {}
        self.dates: dict[int, Dates] = dict(before.dates) if before else {}
        self._keys: dict[int, tuple[Key, ...]] = dict(before._keys) if before else {}
        self._bits: dict[str, dict[str, int]] = (
            {name: dict(bits) for name, bits in before._bits.items()} if before else {}
        )
        self._labels: dict[Key, str] = dict(before._labels) if before else {}

    def having(self, name: str, values: Iterable[str]) -> int:
        """The assets that have any of these values."""
        found = 0
        for value in values:
            found |= self._bits.get(name, {}).get(facet_key(name, value), 0)
        return found

    def visible(self, actor: User) -> int:
        """The assets that this person may know of, as `assets.visible_to` has it."""
        if actor.role in (Role.MARKETER, Role.ADMIN):
            return self.all
        named = self.having("owner", [actor.email]) | self.having("reviewer", [actor.email])
        return self.having("status", SEEN_BY_ALL) | named

    def counts(self, name: str, chosen: int) -> list[tuple[str, int]]:
        """How many of these assets have each value, the most first."""
        found = [
            (self._labels[name, folded], number)
            for folded, bits in self._bits.get(name, {}).items()
            if (number := (bits & chosen).bit_count())
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0].casefold()))

    @cached_property
    def newest(self) -> Sequence[int]:
        """The assets by their last change, the newest first; of several the last that was made."""
        return sorted(self.updated, key=lambda one: (self.updated[one], one), reverse=True)

    def put(
        self, asset_id: int, keys: dict[Key, str], updated: datetime | None, dates: Dates
    ) -> None:
        """Take in what an asset is now; without keys it is gone."""
        self.dates[asset_id] = dates
        bit = 1 << asset_id
        self.all |= bit
        for name, folded in self._keys.get(asset_id, ()):
            self._bits[name][folded] &= ~bit
        for (name, folded), label in keys.items():
            values = self._bits.setdefault(name, {})
            self._labels[name, folded] = label
            values[folded] = values.get(folded, 0) | bit
        self._keys[asset_id] = tuple(keys)
        if updated:
            self.updated[asset_id] = updated


SEEN_BY_ALL = (Status.PUBLISHED.value, Status.RETIRED.value)
NEWEST = text("SELECT max(seq) FROM index_change")
_lock = threading.Lock()
_kept: dict[str, tuple[Engine | None, Catalogue]] = {}


def current() -> Catalogue:
    """The catalogue as the database has it now: one short statement when nothing changed."""
    newest = _newest()
    with _lock:
        database, kept = _kept.get("all", (None, Catalogue()))
        if database is not engine():
            kept = Catalogue()
        if kept.position > newest:
            # This request's view of the database is older than the catalogue: renew it. If it
            # still is, the database itself went back, as after a restore.
            session.rollback()
            newest = _newest()
            kept = kept if kept.position <= newest else Catalogue()
        if kept.position < newest:
            kept = _successor(kept, newest)
        _kept["all"] = (engine(), kept)
        return kept


def _newest() -> int:
    return session.connection().execute(NEWEST).scalar() or 0


def _successor(before: Catalogue, newest: int) -> Catalogue:
    kept = Catalogue(before)
    changed = select(IndexChange.asset_id, func.max(IndexChange.seq).label("seq")).where(
        IndexChange.seq > kept.position
    )
    rows = session.execute(changed.group_by(IndexChange.asset_id)).all()
    for start in range(0, len(rows), BATCH):
        batch = {row.asset_id: row.seq for row in rows[start : start + BATCH]}
        found = _keys_of(list(batch))
        for asset_id, seq in batch.items():
            kept.put(asset_id, *found.get(asset_id, ({}, None, NONE)))
            kept.changed[asset_id] = seq
    kept.position = newest
    return kept


def _keys_of(ids: Sequence[int]) -> dict[int, tuple[dict[Key, str], datetime, Dates]]:
    assets = select(
        Asset.id,
        Asset.kind,
        Asset.status,
        Asset.is_shareable,
        Asset.updated_at,
        Asset.review_by,
        Asset.expires_on,
        Asset.published_at,
        User.email,
    ).join(User, Asset.owner_id == User.id)
    found: dict[int, tuple[dict[Key, str], datetime, Dates]] = {}
    for row in session.execute(assets.where(Asset.id.in_(ids))):
        own = {"kind": row.kind.value, "status": row.status.value, "owner": row.email}
        own["shareable"] = "true" if row.is_shareable else "false"
        keys = {_key(name, text): text for name, text in own.items()}
        dates = Dates(row.review_by, row.expires_on, row.published_at)
        found[row.id] = (keys, row.updated_at, dates)
    for asset_id, email in session.execute(_reviewers(ids)):
        found[asset_id][0][_key("reviewer", email)] = email
    facets = select(Facet.asset_id, Facet.name, Facet.value).where(Facet.asset_id.in_(ids))
    for asset_id, name, value in session.execute(facets):
        found[asset_id][0][_key(FacetName(name).singular, value)] = value
    return found


# Assets share their values: were each value made anew, they would take six times as much memory.
@lru_cache(maxsize=4096)
def _key(name: str, value: str) -> Key:
    return name, facet_key(name, value)


def _reviewers(ids: Sequence[int]) -> Select[int, str]:
    """Who is asked just now to look at which of these assets."""
    chosen = (
        select(FieldReview.asset_id, User.email)
        .join(Reviewer, Reviewer.field_review_id == FieldReview.id)
        .join(User, User.id == Reviewer.person_id)
    )
    return chosen.where(FieldReview.asset_id.in_(ids), FieldReview.closed_at.is_(None))
