"""The governance board as answers."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, Field

from app.api.answers.assets import AssetPointer
from app.api.answers.people import PersonAnswer
from app.choices import Kind, Quadrant, Status, Suggestion
from app.queries.governance.board import Board, BoardRow


class BoardAnswer(BaseModel):
    """A piece and its state; `version` is the current one's number, null of a draft."""

    asset: AssetPointer
    kind: Kind
    status: Status
    owner: PersonAnswer
    owner_is_active: bool
    version: int | None
    version_age_days: int | None
    review_by: date | None
    days_overdue: int
    views: int = Field(description="In 90 days: first looks of a person at a version on a day.")
    uses: int = Field(description="In 90 days: shared, presented, attached or claimed.")
    open_deals: int
    open_feedback: int = Field(description="Unanswered, without praise.")
    open_wrong: int = Field(description="Those of it that say wrong or out of date.")
    feedback_balance: int
    duplicates: int = Field(description="Other pieces, not retired, with the same file.")
    suggestion: Suggestion
    reason: str
    quadrants: Sequence[Quadrant]

    @classmethod
    def of(cls, row: BoardRow) -> "BoardAnswer":
        """From a row."""
        piece = row.piece
        return cls(
            asset=AssetPointer(id=piece.id, slug=piece.slug, title=piece.title),
            kind=piece.kind,
            status=piece.status,
            owner=PersonAnswer.of(piece.owner),
            owner_is_active=piece.owner.is_active,
            version=piece.number,
            version_age_days=piece.age,
            review_by=piece.review_by,
            days_overdue=piece.days_over,
            views=piece.views,
            uses=piece.uses,
            open_deals=piece.open_deals,
            open_feedback=piece.notes,
            open_wrong=piece.wrong,
            feedback_balance=piece.balance,
            duplicates=piece.duplicates,
            suggestion=row.advice.suggestion,
            reason=row.advice.reason,
            quadrants=row.quadrants,
        )


class BoardList(BaseModel):
    """A page of the board; `counted_at` is when views, uses and open deals were counted."""

    counted_at: datetime | None
    items: Sequence[BoardAnswer]
    next: str | None
    total: int

    @classmethod
    def of(cls, found: Board) -> "BoardList":
        """From a page of it."""
        return cls(
            counted_at=found.counted_at,
            items=[BoardAnswer.of(row) for row in found.rows],
            next=found.next,
            total=found.total,
        )
