"""A field review: named people look at a version before reps get it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import Readiness
from app.db import Base
from app.errors import Conflict
from app.models.columns import stored
from app.models.person import User
from app.models.version import Version

if TYPE_CHECKING:
    from app.models.asset import Asset


class Reviewer(Base):
    """Somebody who was named, and what they say."""

    __tablename__ = "reviewer"
    __table_args__ = (
        UniqueConstraint("field_review_id", "person_id"),
        CheckConstraint("(readiness IS NULL) = (said_at IS NULL)", name="said_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    field_review_id: Mapped[int] = mapped_column(ForeignKey("field_review.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    readiness: Mapped[Readiness | None] = mapped_column(stored(Readiness))
    note: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime | None]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class ReviewComment(Base):
    """A remark in a field review, on a page or on the whole."""

    __tablename__ = "review_comment"
    __table_args__ = (CheckConstraint("page >= 1", name="page_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    field_review_id: Mapped[int] = mapped_column(
        ForeignKey("field_review.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    page: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class FieldReview(Base):
    """Of one version; it is closed when the version is published, or when it is withdrawn."""

    __tablename__ = "field_review"
    __table_args__ = (
        Index(
            "uq_field_review_open",
            "version_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id", ondelete="CASCADE"), index=True
    )
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    asset: Mapped["Asset"] = relationship(back_populates="field_reviews")
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)
    asked_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    reviewers: Mapped[list[Reviewer]] = relationship(
        lazy="selectin", order_by=Reviewer.id, cascade="all, delete-orphan", passive_deletes=True
    )
    comments: Mapped[list[ReviewComment]] = relationship(
        order_by=ReviewComment.id, cascade="all, delete-orphan", passive_deletes=True
    )

    def of(self, person: User) -> Reviewer | None:
        """This person's place among the named."""
        return next((one for one in self.reviewers if one.person_id == person.id), None)

    def tally(self) -> dict[str, int]:
        """How many of the named say ready and not ready, and who has still to say something.

        Nobody waits for somebody who has left.
        """
        said = [one.readiness for one in self.reviewers if one.readiness]
        waiting = [one for one in self.reviewers if not one.readiness and one.person.is_active]
        return {**{one.value: said.count(one) for one in Readiness}, "waiting": len(waiting)}

    def require_open(self) -> None:
        """Raise Conflict when nobody is asked any more."""
        if self.closed_at is not None:
            raise Conflict(
                "This field review is closed: the version was published meanwhile, or the question "
                "withdrawn. What you wrote is below; give it as feedback instead."
            )
