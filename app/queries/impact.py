"""What a retirement would touch: deals, people, and pieces that share pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, select

from app.choices import Deed, Outcome, Status
from app.clock import now
from app.db import session
from app.models.activity import Activity
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.use import Use
from app.models.version import Page, Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, deals

DOWNLOADED_WITHIN = timedelta(days=180)
NAMED = 8


@dataclass(frozen=True, slots=True)
class Impact:
    """Open deals with the piece, the largest first, and their amounts by currency; who has it."""

    deals_count: int
    amounts: Sequence[tuple[int, str]]
    deals: Sequence[Deal]
    downloaders: Sequence[User]
    shared_pages: Sequence[tuple[Asset, int]]


def of(actor: User, asset: Asset) -> Impact:
    """For those who may retire the piece."""
    require(actor, Permission.RETIRE, asset)
    with_it = select(Use.deal_id).where(Use.asset_id == asset.id)
    open_deals = deals.visible_to(actor).where(Deal.outcome == Outcome.OPEN, Deal.id.in_(with_it))
    return Impact(
        deals_count=session.scalar(select(func.count()).select_from(open_deals.subquery())) or 0,
        amounts=_amounts(open_deals),
        deals=session.scalars(
            open_deals.order_by(func.coalesce(Deal.amount, 0).desc(), Deal.id).limit(NAMED)
        ).all(),
        downloaders=_downloaders(asset),
        shared_pages=_shared_pages(actor, asset),
    )


def _amounts(open_deals: Select[Deal]) -> Sequence[tuple[int, str]]:
    """The sum of the amounts in each currency; currencies are never added up."""
    summed = (
        open_deals.where(Deal.amount.is_not(None))
        .with_only_columns(func.sum(Deal.amount), Deal.currency)
        .group_by(Deal.currency)
        .order_by(Deal.currency)
    )
    return [(int(amount or 0), str(currency)) for amount, currency in session.execute(summed)]


def _downloaders(asset: Asset) -> Sequence[User]:
    """Who downloaded any version lately."""
    lately = select(Activity.user_id).where(
        Activity.asset_id == asset.id,
        Activity.deed == Deed.DOWNLOADED,
        Activity.at > now() - DOWNLOADED_WITHIN,
    )
    return session.scalars(select(User).where(User.id.in_(lately)).order_by(User.name)).all()


def _shared_pages(actor: User, asset: Asset) -> Sequence[tuple[Asset, int]]:
    """Other pieces in use whose current version has pages that say the same, the most first."""
    if asset.current_version is None:
        return []
    own = select(Page.fingerprint).where(
        Page.version_id == asset.current_version.id, Page.fingerprint != ""
    )
    counted = (
        select(Version.asset_id, func.count(Page.id).label("pages"))
        .join(Page, Page.version_id == Version.id)
        .where(Version.is_current, Version.asset_id != asset.id, Page.fingerprint.in_(own))
        .group_by(Version.asset_id)
        .subquery()
    )
    found = (
        assets.visible_to(actor)
        .where(Asset.status != Status.RETIRED)
        .join(counted, counted.c.asset_id == Asset.id)
        .add_columns(counted.c.pages)
        .order_by(counted.c.pages.desc(), Asset.title)
    )
    return [(other, pages) for other, pages in session.execute(found).unique()]
