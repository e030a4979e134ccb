"""The audit log, and whether its chain is whole."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.db import session
from app.models.audit import FIRST, AuditLine
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries.paging import Listed, listed, place

PAGE = 50


def lines(actor: User, action: str = "", cursor: str | None = None) -> Listed[AuditLine]:
    """The lines of one action or of all, newest first."""
    require(actor, Permission.READ_AUDIT)
    chosen = select(AuditLine)
    if action:
        chosen = chosen.where(AuditLine.action == action)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if cursor:
        chosen = chosen.where(AuditLine.id < place(cursor))
    rows = session.scalars(chosen.order_by(AuditLine.id.desc()).limit(PAGE + 1)).all()
    return listed(rows, PAGE, total, lambda line: line.id)


def actions(actor: User) -> Sequence[str]:
    """Every action that the log knows."""
    require(actor, Permission.READ_AUDIT)
    return session.scalars(select(AuditLine.action).distinct().order_by(AuditLine.action)).all()


def last_hash() -> str:
    """The hash that the next line is chained to."""
    newest = select(AuditLine.hash).order_by(AuditLine.id.desc()).limit(1)
    return session.scalar(newest) or FIRST


def broken_lines() -> Sequence[int]:
    """The ids of lines that were changed, or before which one is missing."""
    broken, previous = [], FIRST
    for line in session.scalars(
        select(AuditLine).order_by(AuditLine.id).execution_options(yield_per=1000)
    ):
        if line.previous_hash != previous or line.hash != line.computed_hash():
            broken.append(line.id)
        previous = line.hash
    return broken
