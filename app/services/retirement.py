"""Taking an asset out of use, and giving it back."""

from sqlalchemy import select

from app.choices import RecallLevel, Status
from app.clock import now, today
from app.db import one_at_a_time, session
from app.errors import Invalid, NotFound
from app.inputs.asset import Retirement
from app.models.asset import Asset
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets
from app.services import audit, field_reviews, indexing, recalls
from app.services.locks import lock

RETIRE_LOCK = 7308


def retire(actor: User, asset: Asset, asked: Retirement) -> Asset:
    """Retire an asset; it says why, and what to use instead."""
    require(actor, Permission.RETIRE, asset)
    # Two who replace each other's piece at once would make a ring of successors.
    one_at_a_time(RETIRE_LOCK)
    lock(asset)
    replacement = _replacement(actor, asset, asked.replaced_by)
    take_out(actor, asset, asked.reason, replacement, asked.recall)
    return asset


def take_out(
    actor: User | None,
    asset: Asset,
    reason: str,
    replacement: Asset | None,
    recall: RecallLevel = RecallLevel.NOTIFY,
) -> None:
    """Retire what has been locked and may be retired."""
    asset.retire(reason, replacement, now())
    recalls.retired(actor, asset, recall)
    field_reviews.retired(asset)
    other = replacement.id if replacement else None
    audit.record(actor, "asset.retired", asset, {"reason": reason, "replaced_by": other})
    indexing.changed(asset)


def restore(actor: User, asset: Asset) -> Asset:
    """Give a retired asset back to reps."""
    require(actor, Permission.RESTORE, asset)
    lock(asset)
    asset.restore(now())
    recalls.restored(actor, asset)
    audit.record(actor, "asset.restored", asset)
    indexing.changed(asset)
    return asset


def retire_expired() -> int:
    """Retire what was to be used only until a day that is over; answers how many."""
    over = select(Asset).where(Asset.status == Status.PUBLISHED, Asset.expires_on < today())
    found = session.scalars(over.limit(100).with_for_update(of=Asset, skip_locked=True)).all()
    for asset in found:
        reason = f"It was to be used until {asset.expires_on}."
        take_out(None, asset, reason, None)
    return len(found)


def _replacement(actor: User, asset: Asset, ref: str | int | None) -> Asset | None:
    if ref is None:
        return None
    try:
        found = assets.titled(actor, str(ref)) or assets.get(actor, ref)
    except NotFound:
        raise Invalid(
            {"replaced_by": ["There is no such asset. Choose one that exists."]}
        ) from None
    if found.id == asset.id:
        raise Invalid({"replaced_by": ["An asset cannot replace itself."]})
    if found.status is not Status.PUBLISHED:
        raise Invalid({"replaced_by": ["Choose an asset that is published."]})
    return found
