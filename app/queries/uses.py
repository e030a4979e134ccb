"""Uses on deals, as far as somebody may see the deals."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.choices import Outcome
from app.db import session
from app.errors import NotFound
from app.inputs.listing import Listing
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.queries import deals
from app.queries.paging import Listed, listed, place


def of_deal(deal: Deal) -> Sequence[Use]:
    """The uses on a deal that the asker has been found to see, newest first."""
    current = joinedload(Use.asset).selectinload(Asset.current_version)
    chosen = select(Use).where(Use.deal_id == deal.id).options(*with_names(), current)
    return session.scalars(chosen.order_by(Use.occurred_at.desc(), Use.id.desc())).all()


def listing(deal: Deal, asked: Listing) -> Listed[Use]:
    """The uses on a deal that the asker has been found to see, the last noted first."""
    chosen = select(Use).where(Use.deal_id == deal.id)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if asked.cursor:
        chosen = chosen.where(Use.id < place(asked.cursor))
    rows = session.scalars(
        chosen.options(*with_names()).order_by(Use.id.desc()).limit(asked.limit + 1)
    ).all()
    return listed(rows, asked.limit, total, lambda use: use.id)


def get(actor: User, use_id: int) -> Use:
    """One use; raises NotFound also when its deal may not be seen."""
    found = session.scalar(_visible(actor).where(Use.id == use_id).options(*with_names()))
    if found is None:
        raise NotFound("There is no such use, or you may not see it.")
    return found


def holds(deal: Deal, version: Version) -> bool:
    """Whether a version was used on a deal while it was current.

    What somebody notes of an old version afterwards gives nobody its file.
    """
    later = select(func.min(Version.published_at)).where(
        Version.asset_id == version.asset_id, Version.published_at > version.published_at
    )
    chosen = select(Use.id).where(
        Use.deal_id == deal.id,
        Use.version_id == version.id,
        Use.recorded_at < later.scalar_subquery(),
    )
    return session.scalar(chosen.limit(1)) is not None


def deals_with(actor: User, asset_id: int) -> int:
    """On how many of the deals that the person may see an asset was used."""
    counted = _visible(actor).where(Use.asset_id == asset_id)
    distinct = counted.with_only_columns(func.count(Use.deal_id.distinct()))
    return session.scalar(distinct) or 0


def open_deals_by_version(actor: User, asset: Asset) -> dict[int, int]:
    """On how many open deals that the person may see each version of an asset is, by its row."""
    seen = deals.visible_to(actor).with_only_columns(Deal.id)
    counted = (
        select(Use.version_id, func.count(Use.deal_id.distinct()))
        .where(Use.asset_id == asset.id, Use.deal_id.in_(seen.where(Deal.outcome == Outcome.OPEN)))
        .group_by(Use.version_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def with_names() -> tuple[ExecutableOption, ...]:
    """What a line about a use shows beside its own row."""
    return (joinedload(Use.deal), joinedload(Use.asset), joinedload(Use.version))


def _visible(actor: User) -> Select[Use]:
    seen = deals.visible_to(actor).with_only_columns(Deal.id)
    return select(Use).where(Use.deal_id.in_(seen))
