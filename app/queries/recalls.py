"""Recalls: those that concern somebody, and how far their holders are."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.choices import RecallLevel, Role
from app.db import session
from app.errors import NotFound
from app.inputs.recall import RecallListing
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.recall import Recall, RecallHolder, RecallReason
from app.models.version import Version
from app.queries import deals
from app.queries.paging import Listed, listed, place


def get(actor: User, recall_id: int) -> Recall:
    """One recall that this person holds something of, or looks after."""
    chosen = _visible(actor).where(Recall.id == recall_id)
    found = session.scalar(chosen.options(selectinload(Recall.holders)))
    if found is None:
        raise NotFound("There is no such recall, or it does not concern you.")
    return found


def listing(actor: User, asked: RecallListing) -> Listed[Recall]:
    """Recalls newest first; `mine` are those whose holder the person is."""
    chosen = _of(actor) if asked.mine else _visible(actor)
    if asked.open is not None:
        chosen = chosen.where(Recall.closed_at.is_(None) == asked.open)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if asked.cursor:
        chosen = chosen.where(Recall.id < place(asked.cursor))
    rows = session.scalars(chosen.order_by(Recall.id.desc()).limit(asked.limit + 1)).all()
    return listed(rows, asked.limit, total, lambda recall: recall.id)


def to_replace(actor: User, limit: int) -> Sequence[Recall]:
    """What this person is still to replace: what must be first, then the oldest."""
    chosen = _of(actor, is_waiting=True).where(Recall.closed_at.is_(None))
    loud = Recall.level != RecallLevel.MUST_REPLACE
    return session.scalars(chosen.order_by(loud, Recall.id).limit(limit)).all()


def holder(recall: Recall, person: User) -> RecallHolder | None:
    """This person's place on the list."""
    return session.scalar(
        select(RecallHolder).where(
            RecallHolder.recall_id == recall.id, RecallHolder.person_id == person.id
        )
    )


def untold(limit: int) -> Sequence[int]:
    """The recalls whose holders have not been told yet, the oldest first."""
    chosen = select(Recall.id).where(Recall.told_at.is_(None), Recall.closed_at.is_(None))
    return session.scalars(chosen.order_by(Recall.id).limit(limit)).all()


def late(before: datetime, limit: int) -> Sequence[RecallHolder]:
    """Who has not replaced what must be, and was last told before then, the longest first."""
    told = func.coalesce(RecallHolder.reminded_at, Recall.told_at)
    active = select(User.id).where(User.is_active)
    chosen = (
        select(RecallHolder)
        .join(Recall, Recall.id == RecallHolder.recall_id)
        .options(joinedload(RecallHolder.recall))
        .where(
            Recall.level == RecallLevel.MUST_REPLACE,
            Recall.closed_at.is_(None),
            RecallHolder.done_at.is_(None),
            RecallHolder.person_id.in_(active),
            told <= before,
        )
    )
    return session.scalars(chosen.order_by(told, RecallHolder.id).limit(limit)).all()


def counts(found: Sequence[Recall]) -> Mapping[int, tuple[int, int]]:
    """How many hold something of each of these recalls, and how many of them are done."""
    counted = (
        select(RecallHolder.recall_id, func.count(), func.count(RecallHolder.done_at))
        .where(RecallHolder.recall_id.in_([recall.id for recall in found]))
        .group_by(RecallHolder.recall_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(counted)}


def open_of(asset: Asset) -> Sequence[Recall]:
    """The open recalls of an asset's versions."""
    chosen = select(Recall).where(Recall.asset_id == asset.id, Recall.closed_at.is_(None))
    return session.scalars(chosen).all()


def waiting_for(person: User) -> Sequence[Recall]:
    """The open recalls of which this person has something still to replace."""
    chosen = _of(person, is_waiting=True).where(Recall.closed_at.is_(None))
    return session.scalars(chosen.options(selectinload(Recall.holders))).all()


def untold_of(version: Version) -> Sequence[Recall]:
    """The recalls that wait for the text of their new version."""
    chosen = select(Recall).where(Recall.successor_id == version.id, Recall.told_at.is_(None))
    return session.scalars(chosen).all()


def deals_seen(actor: User, found: Sequence[Recall]) -> set[int]:
    """Which of the deals that these recalls name the person may be told of."""
    named = (
        select(RecallReason.deal_id)
        .join(RecallHolder)
        .where(
            RecallHolder.recall_id.in_([recall.id for recall in found]),
            RecallReason.deal_id.is_not(None),
        )
    )
    seen = deals.visible_to(actor).with_only_columns(Deal.id).where(Deal.id.in_(named))
    return set(session.scalars(seen))


def _of(actor: User, *, is_waiting: bool = False) -> Select[Recall]:
    held = select(RecallHolder.recall_id).where(RecallHolder.person_id == actor.id)
    if is_waiting:
        held = held.where(RecallHolder.done_at.is_(None))
    return select(Recall).where(Recall.id.in_(held))


def _visible(actor: User) -> Select[Recall]:
    if actor.role in (Role.MARKETER, Role.ADMIN):
        return select(Recall)
    held = select(RecallHolder.recall_id).where(RecallHolder.person_id == actor.id)
    own = select(Asset.id).where(Asset.owner_id == actor.id)
    return select(Recall).where(or_(Recall.id.in_(held), Recall.asset_id.in_(own)))
