"""What is to be looked at again, and who last said that it is right."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.choices import Status
from app.clock import today
from app.db import session
from app.models.asset import Asset
from app.models.confirmation import Confirmation
from app.models.person import User

SOON = timedelta(days=14)
LONG = timedelta(days=30)


def due(actor: User, limit: int) -> Sequence[Asset]:
    """The person's own published pieces whose review is over or near, the longest over first."""
    mine = select(Asset).where(
        Asset.owner_id == actor.id,
        Asset.status == Status.PUBLISHED,
        Asset.review_by <= today() + SOON,
    )
    return session.scalars(mine.order_by(Asset.review_by, Asset.id).limit(limit)).all()


def last_confirmation(asset: Asset) -> Confirmation | None:
    """Who said last that it is right."""
    chosen = select(Confirmation).where(Confirmation.asset_id == asset.id)
    return session.scalar(
        chosen.options(joinedload(Confirmation.version)).order_by(Confirmation.at.desc()).limit(1)
    )


def days_over(asset: Asset, on: date) -> int:
    """For how many days the review of a published piece has been over; 0 where it is not."""
    if asset.status is not Status.PUBLISHED or asset.review_by is None:
        return 0
    return max(0, (on - asset.review_by).days)
