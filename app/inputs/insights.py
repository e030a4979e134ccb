"""What questions about content and deals take."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from app.choices import Kind
from app.inputs.deal import StageName
from app.inputs.fields import Day, Input, Line, none_if_empty

MaybeTeam = Annotated[Annotated[Line, Field(max_length=120)] | None, BeforeValidator(none_if_empty)]


class EvidenceFilter(Input):
    """Which deals, by the days on which they were opened, and which pieces."""

    start: Annotated[Day, Field(alias="from")] = None
    to: Day = None
    kind: list[Kind] = []
    stage: list[StageName] = []
    team: MaybeTeam = None

    @model_validator(mode="after")
    def _runs_forward(self) -> "EvidenceFilter":
        if self.start and self.to and self.start > self.to:
            raise ValueError("the period must begin before it ends")
        return self

    def period(self, today: date) -> tuple[date, date]:
        """The first and the last day; 24 months until today unless told."""
        end = self.to or today
        return self.start or _months_before(end, 24), end


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        return date.min
    return date(index // 12, index % 12 + 1, min(day.day, 28))
