"""How much of the example company has arrived."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.choices import TextState
from app.db import session
from app.models.example import ExampleCompany, ExampleRow
from app.models.version import Version


@dataclass(frozen=True, slots=True)
class Arrival:
    """Parts that are in, of all; a text that has been read is a part too."""

    done: int
    total: int
    is_whole: bool

    @property
    def sentence(self) -> str:
        """How it stands, in words."""
        if self.is_whole:
            return "The example company is whole."
        return f"The example company is arriving: {self.done} of {self.total} parts are in."


def arrival() -> Arrival | None:
    """How much of it is here; none where it is not wanted."""
    wanted = session.get(ExampleCompany, 1)
    if wanted is None:
        return None
    if wanted.finished_at is not None:
        return Arrival(wanted.total, wanted.total, True)
    assets = select(ExampleRow.row_id).where(ExampleRow.table_name == "asset")
    theirs = Version.asset_id.in_(assets)
    read = select(func.count()).where(theirs, Version.text_state != TextState.PENDING)
    done = wanted.done + (session.scalar(read) or 0)
    return Arrival(done, wanted.total, False)
