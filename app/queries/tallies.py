"""What the tallies of all assets are by the rows, and when they were counted last."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select

from app.choices import GENUINE, Deed, Outcome
from app.clock import now
from app.db import session
from app.models.activity import Activity
from app.models.deal import Deal
from app.models.tally import RECENT, AssetTally
from app.models.use import Use


class Tally(NamedTuple):
    """The figures of one asset."""

    views: int
    uses: int
    open_deals: int


def counted() -> Mapping[int, Tally]:
    """The figures as the rows have them now, by asset id; too slow to be asked by a page."""
    views, uses, held = _numbers(_views()), _numbers(_uses()), _numbers(_open_deals())
    return {
        asset_id: Tally(views.get(asset_id, 0), uses.get(asset_id, 0), held.get(asset_id, 0))
        for asset_id in views.keys() | uses.keys() | held.keys()
    }


def counted_at() -> datetime | None:
    """When all assets were counted last; none before the first time."""
    return session.scalar(select(func.max(AssetTally.computed_at)))


def _numbers(chosen: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in session.execute(chosen)}


def _views() -> Select[int, int]:
    """Looks, one for a person, a version and a day."""
    return (
        select(Activity.asset_id, func.count())
        .where(Activity.deed == Deed.VIEWED, Activity.at > now() - RECENT)
        .group_by(Activity.asset_id)
    )


def _uses() -> Select[int, int]:
    # Grouped by a sum, SQLite takes the index by time; else it walks all uses asset by asset,
    # which takes twenty times as long.
    asset_id = Use.asset_id + 0
    return (
        select(asset_id, func.count())
        .where(Use.how.in_(GENUINE), Use.occurred_at > now() - RECENT)
        .group_by(asset_id)
    )


def _open_deals() -> Select[int, int]:
    return (
        select(Use.asset_id, func.count(Use.deal_id.distinct()))
        .join(Deal, Deal.id == Use.deal_id)
        .where(Deal.outcome == Outcome.OPEN)
        .group_by(Use.asset_id)
    )
