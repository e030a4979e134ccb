"""Field reviews: those that somebody may know of, and whose word is still wanted."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.choices import Role
from app.db import session
from app.errors import NotFound
from app.models.asset import Asset
from app.models.field_review import FieldReview, Reviewer
from app.models.person import User
from app.models.version import Version


def get(actor: User, review_id: int) -> FieldReview:
    """One field review that this person asked for, was named in, or whose piece is theirs."""
    chosen = _visible(actor).where(FieldReview.id == review_id)
    found = session.scalar(chosen.options(joinedload(FieldReview.asset)))
    if found is None:
        raise NotFound("There is no such field review, or it does not concern you.")
    return found


def latest(actor: User, asset: Asset) -> FieldReview | None:
    """The last field review of an asset, an open one first, with what was remarked."""
    chosen = _visible(actor).where(FieldReview.asset_id == asset.id)
    with_comments = chosen.options(selectinload(FieldReview.comments))
    order = (FieldReview.closed_at.is_not(None), FieldReview.id.desc())
    return session.scalar(with_comments.order_by(*order).limit(1))


def of_asset(actor: User, asset: Asset) -> Sequence[FieldReview]:
    """Every field review of an asset, newest first."""
    chosen = _visible(actor).where(FieldReview.asset_id == asset.id)
    with_comments = chosen.options(selectinload(FieldReview.comments))
    return session.scalars(with_comments.order_by(FieldReview.id.desc())).all()


def open_of(asset: Asset) -> Sequence[FieldReview]:
    """The open field reviews of an asset, the oldest first."""
    chosen = select(FieldReview).where(
        FieldReview.asset_id == asset.id, FieldReview.closed_at.is_(None)
    )
    return session.scalars(chosen.order_by(FieldReview.id)).all()


def of_version(version: Version) -> Sequence[FieldReview]:
    """Every field review of a version, the last one first."""
    chosen = select(FieldReview).where(FieldReview.version_id == version.id)
    return session.scalars(chosen.order_by(FieldReview.id.desc())).all()


def waiting_for(actor: User, limit: int) -> Sequence[FieldReview]:
    """Where this person's word is still wanted, the oldest first."""
    named = select(Reviewer.field_review_id).where(
        Reviewer.person_id == actor.id, Reviewer.readiness.is_(None)
    )
    chosen = select(FieldReview).where(FieldReview.id.in_(named), FieldReview.closed_at.is_(None))
    return session.scalars(
        chosen.options(joinedload(FieldReview.asset)).order_by(FieldReview.id).limit(limit)
    ).all()


def _visible(actor: User) -> Select[FieldReview]:
    if actor.role in (Role.MARKETER, Role.ADMIN):
        return select(FieldReview)
    named = select(Reviewer.field_review_id).where(Reviewer.person_id == actor.id)
    own = select(Asset.id).where(Asset.owner_id == actor.id)
    return select(FieldReview).where(or_(FieldReview.id.in_(named), FieldReview.asset_id.in_(own)))
