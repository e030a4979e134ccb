"""Field reviews as answers."""

from datetime import date, datetime

from pydantic import BaseModel

from app.api.answers.people import PersonAnswer
from app.models.field_review import FieldReview, ReviewComment, Reviewer
from app.queries import cards


class ReviewerAnswer(BaseModel):
    """Somebody who was named; `readiness` is none until they say something."""

    person: PersonAnswer
    readiness: str | None
    note: str
    said_at: datetime | None

    @classmethod
    def of(cls, row: Reviewer) -> "ReviewerAnswer":
        """From the row."""
        return cls(
            person=PersonAnswer.of(cards.of_person(row.person)),
            readiness=row.readiness.value if row.readiness else None,
            note=row.note,
            said_at=row.said_at,
        )


class CommentAnswer(BaseModel):
    """A remark; `page` is none where it is on the whole."""

    id: int
    page: int | None
    text: str
    person: PersonAnswer
    created_at: datetime

    @classmethod
    def of(cls, row: ReviewComment) -> "CommentAnswer":
        """From the row."""
        return cls(
            id=row.id,
            page=row.page,
            text=row.text,
            person=PersonAnswer.of(cards.of_person(row.person)),
            created_at=row.created_at,
        )


class FieldReviewAnswer(BaseModel):
    """A field review of one version, with the tally."""

    id: int
    version: int
    note: str
    due_on: date | None
    asked_by: PersonAnswer
    created_at: datetime
    closed_at: datetime | None
    ready: int
    not_ready: int
    waiting: int
    reviewers: list[ReviewerAnswer]
    comments: list[CommentAnswer]

    @classmethod
    def of(cls, review: FieldReview) -> "FieldReviewAnswer":
        """From the rows."""
        return cls(
            id=review.id,
            version=review.version.number,
            note=review.note,
            due_on=review.due_on,
            asked_by=PersonAnswer.of(cards.of_person(review.asked_by)),
            created_at=review.created_at,
            closed_at=review.closed_at,
            reviewers=[ReviewerAnswer.of(row) for row in review.reviewers],
            comments=[CommentAnswer.of(row) for row in review.comments],
            **review.tally(),
        )


class FieldReviewList(BaseModel):
    """The field reviews of an asset."""

    items: list[FieldReviewAnswer]
