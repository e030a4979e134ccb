"""Feedback as answers."""

from datetime import datetime

from pydantic import BaseModel

from app.api.answers.people import PersonAnswer
from app.models.feedback import Feedback, FeedbackAsset
from app.models.version import Version
from app.queries import cards


class PieceAnswer(BaseModel):
    """An asset by name and address, with a version of it."""

    id: int
    slug: str
    title: str
    version: int

    @classmethod
    def of(cls, version: Version) -> "PieceAnswer":
        """From the version."""
        asset = version.asset
        return cls(id=asset.id, slug=asset.slug, title=asset.title, version=version.number)


class AboutAnswer(PieceAnswer):
    """A piece that the feedback is about, the version that was used, and the page."""

    page: int | None

    @classmethod
    def about(cls, row: FeedbackAsset) -> "AboutAnswer":
        """From the row."""
        return cls(**PieceAnswer.of(row.version).model_dump(), page=row.page)


class FeedbackAnswer(BaseModel):
    """A note from the field; `deal` is none where the person may not see it."""

    id: int
    assets: list[AboutAnswer]
    deal: str | None
    verdict: str
    reaction: str
    competitor: str
    quotable: bool
    note: str
    person: PersonAnswer
    state: str
    reason: str | None
    fixed_in: PieceAnswer | None
    answered_by: PersonAnswer | None
    created_at: datetime
    accepted_at: datetime | None
    answered_at: datetime | None

    @classmethod
    def of(cls, feedback: Feedback, *, with_deal: bool) -> "FeedbackAnswer":
        """From the feedback."""
        fixed, by = feedback.fixed_version, feedback.answered_by
        return cls(
            id=feedback.id,
            assets=[AboutAnswer.about(row) for row in feedback.about],
            deal=feedback.deal.external_id if feedback.deal and with_deal else None,
            verdict=feedback.verdict.value,
            reaction=feedback.reaction,
            competitor=feedback.competitor,
            quotable=feedback.is_quotable,
            note=feedback.note,
            person=PersonAnswer.of(cards.of_person(feedback.person)),
            state=feedback.state.value,
            reason=feedback.reason or None,
            fixed_in=PieceAnswer.of(fixed) if fixed else None,
            answered_by=PersonAnswer.of(cards.of_person(by)) if by else None,
            created_at=feedback.created_at,
            accepted_at=feedback.accepted_at,
            answered_at=feedback.answered_at,
        )


class FeedbackList(BaseModel):
    """Some of the feedback that matches."""

    items: list[FeedbackAnswer]
    next: str | None
    total: int
