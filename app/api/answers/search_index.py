"""The search index as an answer."""

from datetime import datetime

from pydantic import BaseModel

from app.queries.search_index import IndexState


class ProgressAnswer(BaseModel):
    """How far a rebuild is, in assets, and why it is made."""

    done: int
    total: int
    began: datetime
    why: str


class IndexAnswer(BaseModel):
    """The index of one machine: `position` of `newest` changes are in it, `waiting` assets are not.

    `size` is in bytes; `position` and `assets` are null, and `problem` says why, while it cannot
    be read.
    """

    format: str
    problem: str
    position: int | None
    newest: int
    waiting: int
    assets: int | None
    size: int
    progress: ProgressAnswer | None
    rebuild_wanted: bool
    followed_at: datetime | None

    @classmethod
    def of(cls, state: IndexState) -> "IndexAnswer":
        """From the state."""
        far = state.progress
        return cls(
            format=state.format,
            problem=state.problem,
            position=state.position,
            newest=state.newest,
            waiting=state.waiting,
            assets=state.assets,
            size=state.size,
            progress=ProgressAnswer(
                done=far.done, total=far.total, began=far.began, why=far.why.value
            )
            if far
            else None,
            rebuild_wanted=state.is_rebuild_wanted,
            followed_at=state.followed_at,
        )
