"""A person's own inbox."""

from sqlalchemy import Select, func, select

from app.db import session
from app.errors import NotFound
from app.inputs.listing import Listing
from app.models.notice import Notice
from app.models.person import User
from app.queries.paging import Listed, listed, place


def get(actor: User, notice_id: int) -> Notice:
    """One notice to this person."""
    found = session.scalar(_to(actor).where(Notice.id == notice_id))
    if found is None:
        raise NotFound("There is no such notice to you.")
    return found


def listing(actor: User, asked: Listing) -> Listed[Notice]:
    """What this person was told, newest first."""
    chosen = _to(actor)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if asked.cursor:
        chosen = chosen.where(Notice.id < place(asked.cursor))
    rows = session.scalars(chosen.order_by(Notice.id.desc()).limit(asked.limit + 1)).all()
    return listed(rows, asked.limit, total, lambda notice: notice.id)


def unseen(actor: User) -> int:
    """How much of it this person has not opened yet."""
    counted = select(func.count()).where(Notice.person_id == actor.id, Notice.seen_at.is_(None))
    return session.scalar(counted) or 0


def _to(actor: User) -> Select[Notice]:
    return select(Notice).where(Notice.person_id == actor.id)
