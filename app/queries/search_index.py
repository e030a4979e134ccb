"""How this machine's search index is: what it holds, what it lacks, and whether it is made anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable, Progress
from app.db import session
from app.models.index_change import IndexChange
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class IndexState:
    """The index of the machine that was asked; each has its own.

    `position` and `assets` are None, and `problem` says why, while it cannot be used. `waiting`
    counts the assets whose changes it has not seen, `size` the bytes on disk. `followed_at` is
    when the follower last did its work.
    """

    format: str
    problem: str
    position: int | None
    newest: int
    waiting: int
    assets: int | None
    size: int
    progress: Progress | None
    is_rebuild_wanted: bool
    followed_at: datetime | None


def state(actor: User) -> IndexState:
    """Everything about it, for whoever looks after it."""
    require(actor, Permission.MANAGE_SEARCH)
    engine = registry.engine()
    position, problem = _asked(engine.position)
    held, worse = _asked(engine.asset_ids)
    return IndexState(
        format=engine.format,
        problem=problem or worse,
        position=position,
        newest=newest(),
        waiting=waiting(position or 0),
        assets=None if held is None else len(held),
        size=engine.size(),
        progress=engine.progress(),
        is_rebuild_wanted=engine.is_rebuild_wanted(),
        followed_at=engine.followed_at(),
    )


def newest() -> int:
    """The number of the last change in the database."""
    return session.scalar(select(func.max(IndexChange.seq))) or 0


def waiting(position: int) -> int:
    """How many assets have changed since this number."""
    changed = select(func.count(IndexChange.asset_id.distinct()))
    return session.scalar(changed.where(IndexChange.seq > position)) or 0


def _asked(question: Callable[[], _Answer]) -> tuple[_Answer | None, str]:
    try:
        return question(), ""
    except EngineUnavailable as problem:
        return None, str(problem)
