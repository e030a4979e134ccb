"""Is my copy current? Copies are known by the hash of their bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.choices import Status
from app.db import session
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Version
from app.queries import assets


class Freshness(StrEnum):
    """How a copy stands; the earlier counts where several versions have the same bytes."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy with the version that it is, if the asker may know of one."""

    sha256: str
    verdict: Freshness
    version: Version | None = None

    @property
    def asset(self) -> Asset | None:
        """The asset that the copy is of."""
        return self.version.asset if self.version else None

    @property
    def current(self) -> Version | None:
        """The version to use instead of a superseded one."""
        is_old = self.verdict is Freshness.SUPERSEDED
        return self.version.asset.current_version if self.version and is_old else None

    @property
    def replaced_by(self) -> Asset | None:
        """The asset to use instead of a retired one, at the end of a chain of replacements."""
        if self.asset is None or self.verdict is not Freshness.RETIRED:
            return None
        return living(self.asset)


def copies(actor: User, hashes: Sequence[str]) -> list[Copy]:
    """How each copy stands, in the order in which it was asked."""
    wanted = [one.lower() for one in hashes]
    best: dict[str, Copy] = {}
    for version in _published(actor, wanted):
        copy = Copy(version.sha256 or "", _verdict(version), version)
        known = best.get(copy.sha256)
        if known is None or _order(copy) < _order(known):
            best[copy.sha256] = copy
    return [best.get(sha256) or Copy(sha256, Freshness.UNKNOWN) for sha256 in wanted]


def living(asset: Asset) -> Asset | None:
    """What replaces a retired asset in the end; none where the chain breaks off or runs round."""
    seen, there = {asset.id}, asset.replaced_by
    while there is not None and there.status is Status.RETIRED and there.id not in seen:
        seen.add(there.id)
        there = there.replaced_by
    return there if there is not None and there.status is Status.PUBLISHED else None


def _published(actor: User, hashes: Iterable[str]) -> Sequence[Version]:
    """The versions with these bytes that were given to reps, of assets that the person sees."""
    seen = assets.visible_to(actor).with_only_columns(Asset.id)
    chosen = select(Version).where(
        Version.sha256.in_(set(hashes)),
        Version.published_at.is_not(None),
        Version.asset_id.in_(seen),
    )
    whole = joinedload(Version.asset)
    return session.scalars(
        chosen.options(
            whole.selectinload(Asset.current_version), whole.selectinload(Asset.replaced_by)
        )
    ).all()


def _verdict(version: Version) -> Freshness:
    if version.asset.status is Status.RETIRED:
        return Freshness.RETIRED
    return Freshness.CURRENT if version.is_current else Freshness.SUPERSEDED


def _order(copy: Copy) -> tuple[int, int]:
    number = copy.version.number if copy.version else 0
    return list(Freshness).index(copy.verdict), -number
