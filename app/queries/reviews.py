"""What is to be looked at again, and who last said that it is right."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.choices import NoticeKind, Role, Status
from app.clock import today
from app.db import session
from app.models.asset import Asset
from app.models.confirmation import Confirmation
from app.models.notice import Notice
from app.models.person import User
from app.models.reminder import Reminder
from app.queries import kinds

SOON = timedelta(days=14)
LONG = timedelta(days=30)
STEPS = (0, 3, 14, 30)
OVER = timedelta(days=7)


def due(actor: User, limit: int) -> Sequence[Asset]:
    """The person's own published pieces whose review is over or near, the longest over first."""
    mine = select(Asset).where(
        Asset.owner_id == actor.id,
        Asset.status == Status.PUBLISHED,
        Asset.review_by <= today() + SOON,
    )
    return session.scalars(mine.order_by(Asset.review_by, Asset.id).limit(limit)).all()


def to_look_at(actor: User, *, of_team: bool, limit: int) -> Sequence[Asset]:
    """What is due within 30 days: the person's own, or their team's (an admin's team is all)."""
    chosen = select(Asset).where(
        Asset.status == Status.PUBLISHED, Asset.review_by <= today() + timedelta(STEPS[-1])
    )
    if not of_team:
        chosen = chosen.where(Asset.owner_id == actor.id)
    elif actor.role not in (Role.ADMIN, Role.MARKETER):
        team = select(User.id).where(User.team_id == actor.team_id, User.team_id.is_not(None))
        chosen = chosen.where(Asset.owner_id.in_(team))
    return session.scalars(chosen.order_by(Asset.review_by, Asset.id).limit(limit)).all()


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


def to_remind_of() -> Iterator[tuple[Asset, int]]:
    """Published pieces with how many days ahead their owner is to be told: 30, 14, 3 or 0.

    A step as long as the kind's whole term is left out: nobody need be told on the first day.
    """
    terms = {rule.kind: rule.review_days for rule in kinds.rules()}
    near = _reviewed().where(Asset.review_by <= today() + timedelta(STEPS[-1]))
    told = noted()
    for asset in session.scalars(near).all():
        assert asset.review_by is not None
        left = (asset.review_by - today()).days
        step = next(days for days in STEPS if days >= left)
        if step < terms[asset.kind] and (asset.id, asset.review_by, step) not in told:
            yield asset, step


def to_escalate() -> Iterator[tuple[Asset, int]]:
    """Published pieces that have been over for a week and whose manager was not told."""
    told, step = noted(), -OVER.days
    for asset in session.scalars(_reviewed().where(Asset.review_by <= today() - OVER)).all():
        if (asset.id, asset.review_by, step) not in told:
            yield asset, step


def noted() -> set[tuple[int, date | None, int]]:
    """Of which review dates somebody was told already: the asset, the date, how many days ahead."""
    rows = select(Reminder.asset_id, Reminder.review_by, Reminder.days)
    living = rows.join(
        Asset, (Asset.id == Reminder.asset_id) & (Asset.review_by == Reminder.review_by)
    )
    return {(asset_id, day, days) for asset_id, day, days in session.execute(living)}


def told_on(day: date) -> set[tuple[NoticeKind, int]]:
    """Who has had which digest on a day."""
    digests = NoticeKind.REVIEW_DIGEST, NoticeKind.REVIEW_ESCALATION
    had = select(Notice.kind, Notice.person_id).where(
        Notice.kind.in_(digests), Notice.key == day.isoformat()
    )
    return {(kind, person_id) for kind, person_id in session.execute(had)}


def _reviewed() -> Select[Asset]:
    """Published pieces of owners who may come in."""
    active = select(User.id).where(User.is_active)
    return select(Asset).where(Asset.status == Status.PUBLISHED, Asset.owner_id.in_(active))
