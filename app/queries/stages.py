"""The steps of the pipeline."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import session
from app.models.stage import Stage

# Made once: every search asks for it, and to put it together takes longer than to run it.
_NAMES = select(Stage.name).order_by(Stage.position)


def in_order() -> Sequence[Stage]:
    """All stages, the first one first."""
    return session.scalars(select(Stage).order_by(Stage.position)).all()


def by_name() -> dict[str, Stage]:
    """All stages by what their names are compared by."""
    return {stage.folded: stage for stage in in_order()}


def names() -> Sequence[str]:
    """Their names, the first one first; asked at every search, so without making rows of them."""
    return session.connection().execute(_NAMES).scalars().all()
