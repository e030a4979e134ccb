"""Feedback: a rep's note from the field on pieces that were used, and what became of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import FeedbackState, Verdict
from app.db import Base
from app.errors import Conflict
from app.models.asset import Asset
from app.models.columns import stored
from app.models.deal import Deal
from app.models.person import User
from app.models.version import Version

ANSWERED = (FeedbackState.FIXED, FeedbackState.DECLINED)


class FeedbackAsset(Base):
    """One piece that the feedback is about, with the version that was used and the page."""

    __tablename__ = "feedback_asset"
    __table_args__ = (
        UniqueConstraint("feedback_id", "asset_id"),
        CheckConstraint("page >= 1", name="page_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    page: Mapped[int | None]

    asset: Mapped[Asset] = relationship(lazy="joined", innerjoin=True)
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)


class Feedback(Base):
    """What somebody said from the field: open, accepted, then fixed in a version or declined."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("(state = 'declined') = (reason <> '')", name="declined_with_reason"),
        CheckConstraint(
            "(state = 'fixed') = (fixed_version_id IS NOT NULL)", name="fixed_in_version"
        ),
        CheckConstraint(
            "(state IN ('fixed', 'declined')) = (answered_at IS NOT NULL)", name="answered_at"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(stored(Verdict), index=True)
    reaction: Mapped[str] = mapped_column(Text, default="")
    competitor: Mapped[str] = mapped_column(String(120), default="")
    is_quotable: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text)
    state: Mapped[FeedbackState] = mapped_column(
        stored(FeedbackState), default=FeedbackState.OPEN, index=True
    )
    reason: Mapped[str] = mapped_column(Text, default="")
    fixed_version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"), index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True, foreign_keys=person_id)
    answered_by: Mapped[User | None] = relationship(lazy="joined", foreign_keys=answered_by_id)
    deal: Mapped[Deal | None] = relationship(lazy="joined")
    about: Mapped[list[FeedbackAsset]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by=FeedbackAsset.id,
    )
    fixed_version: Mapped[Version | None] = relationship(
        lazy="joined", foreign_keys=fixed_version_id
    )

    def accept(self, by: User, at: datetime) -> None:
        """Say that it is right and will be seen to; safe to repeat."""
        self._require_unanswered()
        if self.state is FeedbackState.OPEN:
            self.state, self.accepted_at, self.answered_by = FeedbackState.ACCEPTED, at, by

    def fix(self, version: Version, by: User, at: datetime) -> None:
        """Say which version has put it right."""
        self._require_unanswered()
        self.state, self.fixed_version = FeedbackState.FIXED, version
        self.answered_by, self.answered_at = by, at

    def decline(self, reason: str, by: User, at: datetime) -> None:
        """Say why nothing will be done about it."""
        self._require_unanswered()
        self.state, self.reason = FeedbackState.DECLINED, reason
        self.answered_by, self.answered_at = by, at

    def _require_unanswered(self) -> None:
        if self.state in ANSWERED:
            raise Conflict(f"This feedback is {self.state.value} already. Its answer stands.")
