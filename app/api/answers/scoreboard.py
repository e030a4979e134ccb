"""The scoreboard, adoption and coverage as answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer
from app.api.answers.deals import MoneyAnswer, money
from app.inputs.insights import PeriodListing
from app.queries.adoption import Adopted, Adoption, Reach
from app.queries.coverage import Cell, Coverage
from app.queries.paging import window
from app.queries.scoreboard import Measure, Scoreboard


class MonthAnswer(BaseModel):
    """The share of a month, 2026-11; null where there was nothing."""

    month: str
    rate: float | None


class MeasureAnswer(BaseModel):
    """How many of how many; `survey` is what a survey of people found, not the same measure."""

    rate: float | None
    n: int
    of: int
    survey: float
    trend: list[MonthAnswer]

    @classmethod
    def of_measure(cls, one: Measure) -> "MeasureAnswer":
        """From a measure."""
        trend = [MonthAnswer(month=month.month, rate=month.rate) for month in one.trend]
        return cls(rate=one.rate, n=one.n, of=one.of, survey=one.survey, trend=trend)


class ScoreboardAnswer(BaseModel):
    """The four measures."""

    failed_searches: MeasureAnswer
    outdated_uses: MeasureAnswer
    untracked_deals: MeasureAnswer
    silent_deals: MeasureAnswer

    @classmethod
    def of(cls, found: Scoreboard) -> "ScoreboardAnswer":
        """From the scoreboard."""
        answers = {name: MeasureAnswer.of_measure(one) for name, one in found.measures.items()}
        return cls.model_validate(answers)


class ReachAnswer(BaseModel):
    """How many of a team's active people used it."""

    team: str
    people: int
    of: int

    @classmethod
    def to(cls, one: Reach) -> "ReachAnswer":
        """From a team's reach."""
        return cls(team=one.team, people=one.people, of=one.of)


class AdoptedAnswer(BaseModel):
    """A published piece; `days_to_first_use` only where it was published in the period."""

    asset: AssetPointer
    published_at: datetime
    first_used_at: datetime | None
    days_to_first_use: int | None
    uses: int
    people: int
    of: int
    reach: float | None
    teams: list[ReachAnswer]

    @classmethod
    def to(cls, one: Adopted) -> "AdoptedAnswer":
        """From a piece."""
        return cls(
            asset=AssetPointer(id=one.asset.id, slug=one.asset.slug, title=one.asset.title),
            published_at=one.asset.published_at,
            first_used_at=one.first_used_at,
            days_to_first_use=None if one.wait is None else one.wait // timedelta(days=1),
            uses=one.uses,
            people=one.people,
            of=one.of,
            reach=one.share,
            teams=[ReachAnswer.to(team) for team in one.teams],
        )


class AdoptionList(BaseModel):
    """A page of the published pieces, those that reach most people first; `teams` over all."""

    items: Sequence[AdoptedAnswer]
    teams: Sequence[ReachAnswer]
    next: str | None
    total: int

    @classmethod
    def of(cls, found: Adoption, asked: PeriodListing) -> "AdoptionList":
        """From what was counted."""
        page = window(asked.cursor, asked.limit, len(found.ranked))
        return cls(
            items=[AdoptedAnswer.to(piece) for piece in found.pieces(page.first, page.end)],
            teams=[ReachAnswer.to(team) for team in found.teams],
            next=page.next,
            total=len(found.ranked),
        )


class CellAnswer(BaseModel):
    """A pair of values; `open_deals` and `amounts` where deals have both properties."""

    row: str
    column: str
    assets: int
    open_deals: int | None
    amounts: list[MoneyAnswer]

    @classmethod
    def of_cell(cls, cell: Cell) -> "CellAnswer":
        """From a cell."""
        amounts = [one for pair in cell.amounts if (one := money(*pair)) is not None]
        return cls(
            row=cell.row,
            column=cell.column,
            assets=cell.pieces,
            open_deals=cell.deals,
            amounts=amounts,
        )


class CoverageList(BaseModel):
    """Every pair of a row's and a column's value."""

    items: Sequence[CellAnswer]

    @classmethod
    def of(cls, found: Coverage) -> "CoverageList":
        """From the matrix."""
        return cls(items=[CellAnswer.of_cell(cell) for cell in found.cells.values()])
