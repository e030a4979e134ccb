"""What questions about content and deals take."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from app.choices import Kind
from app.clock import today
from app.evidence.verdict import Verdict
from app.inputs.deal import StageName
from app.inputs.fields import Day, Input, Line, none_if_empty

SEARCHED = 30
Property = Literal["stage", "persona", "product", "industry", "segment", "region", "competitor"]
MaybeTeam = Annotated[Annotated[Line, Field(max_length=120)] | None, BeforeValidator(none_if_empty)]


class Period(Input):
    """From a day to a day, and of which team."""

    start: Annotated[Day, Field(alias="from")] = None
    to: Day = None
    team: MaybeTeam = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.start and self.start > (self.to or today()):
            raise ValueError("the period must begin before it ends, which is today unless told")
        return self

    def period(self, on: date) -> tuple[date, date]:
        """The first and the last day; 24 months until then unless told."""
        end = self.to or on
        return self.start or _months_before(end, 24), end


class SearchFilter(Period):
    """Which searches, by the days on which they were made and by the team of who searched."""

    def period(self, on: date) -> tuple[date, date]:
        """The first and the last day; 30 days until then unless told."""
        end = self.to or on
        return self.start or date.fromordinal(max(1, end.toordinal() - SEARCHED)), end


class PeriodListing(Period):
    """A period, and a page of what is counted in it.

    `cursor` is what the page before gave as `next`.
    """

    limit: Annotated[int, Field(ge=1, le=200)] = 200
    cursor: Annotated[str, Field(max_length=40)] | None = None


class CoverageFilter(Input):
    """By which two properties of pieces; `rows` and `columns` must differ."""

    rows: Property = "stage"
    columns: Property = "segment"

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.rows == self.columns:
            raise ValueError("choose two different properties")
        return self


class EvidenceListing(PeriodListing):
    """Which deals, by the days on which they were opened, and a page of which pieces."""

    kind: list[Kind] = []
    stage: list[StageName] = []
    verdict: list[Verdict] = []


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        return date.min
    return date(index // 12, index % 12 + 1, min(day.day, 28))
