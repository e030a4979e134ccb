"""The versions of an asset, as far as somebody may know of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from app.db import session
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Page, Version
from app.policy.permissions import Permission
from app.policy.rules import allows


def of_asset(actor: User, asset: Asset, limit: int | None = None) -> Sequence[Version]:
    """Newest first; one that waits is seen by those who may, and who are asked about it."""
    return session.scalars(
        _visible(actor, asset).order_by(Version.number.desc()).limit(limit)
    ).all()


def newest(actor: User, asset: Asset) -> Version | None:
    """The version with the largest number that the person may know of."""
    return next(iter(of_asset(actor, asset, limit=1)), None)


def count(actor: User, asset: Asset) -> int:
    """How many versions the person may know of."""
    return session.scalar(select(func.count()).select_from(_visible(actor, asset).subquery())) or 0


def numbered(actor: User, asset: Asset, number: int) -> Version | None:
    """One version by its number."""
    return session.scalar(_visible(actor, asset).where(Version.number == number))


def before(actor: User, asset: Asset, version: Version) -> Version | None:
    """The last version before another that the person may know of."""
    earlier = _visible(actor, asset).where(Version.number < version.number)
    return session.scalar(earlier.order_by(Version.number.desc()).limit(1))


def current_at(asset: Asset, moment: datetime) -> Version | None:
    """The version that was current at a moment: the last one published by then."""
    published = select(Version).where(Version.asset_id == asset.id, Version.published_at <= moment)
    return session.scalar(
        published.order_by(Version.published_at.desc(), Version.number.desc()).limit(1)
    )


def pages(version: Version) -> Sequence[Page]:
    """The pages that were read from a version, in order."""
    return session.scalars(
        select(Page).where(Page.version_id == version.id).order_by(Page.number)
    ).all()


def holding(sha256: str) -> Select[Asset]:
    """The assets of which some version has these bytes."""
    return select(Asset).where(
        Asset.id.in_(select(Version.asset_id).where(Version.sha256 == sha256))
    )


def _visible(actor: User, asset: Asset) -> Select[Version]:
    chosen = select(Version).where(Version.asset_id == asset.id)
    if allows(actor, Permission.READ_WAITING, asset):
        return chosen
    named = [one.version_id for one in asset.open_field_reviews if one.of(actor)]
    return chosen.where(or_(Version.published_at.is_not(None), Version.id.in_(named)))
