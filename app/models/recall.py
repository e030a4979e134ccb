"""A recall: an old version is out there, and those who hold it are told to replace it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import Holding, RecallLevel
from app.db import Base
from app.models.asset import Asset
from app.models.columns import stored
from app.models.deal import Deal
from app.models.person import User
from app.models.version import Version


class RecallReason(Base):
    """Why a holder is taken to hold which version: a download, a share, an open deal."""

    __tablename__ = "recall_reason"
    __table_args__ = (
        CheckConstraint("why <> 'open_deal' OR deal_id IS NOT NULL", name="open_deal_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    holder_id: Mapped[int] = mapped_column(
        ForeignKey("recall_holder.id", ondelete="CASCADE"), index=True
    )
    why: Mapped[Holding] = mapped_column(stored(Holding))
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id", ondelete="CASCADE"), index=True
    )
    deal_id: Mapped[int | None] = mapped_column(
        ForeignKey("deal.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]

    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)
    deal: Mapped[Deal | None] = relationship(lazy="joined")


class RecallHolder(Base):
    """Somebody who holds the old version, and how far they are with replacing it."""

    __tablename__ = "recall_holder"
    __table_args__ = (
        UniqueConstraint("recall_id", "person_id"),
        Index("ix_recall_holder_person_id_done_at", "person_id", "done_at"),
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recall_id: Mapped[int] = mapped_column(ForeignKey("recall.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    seen_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    reminded_at: Mapped[datetime | None]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True, foreign_keys=person_id)
    done_by: Mapped[User | None] = relationship(lazy="joined", foreign_keys=done_by_id)
    recall: Mapped["Recall"] = relationship(back_populates="holders")
    reasons: Mapped[list[RecallReason]] = relationship(
        lazy="selectin",
        order_by=RecallReason.id,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Recall(Base):
    """Of which version, replaced by which; without a successor the asset was retired.

    It is closed when every holder is done, or when it is withdrawn since the asset is in use again.
    """

    __tablename__ = "recall"
    __table_args__ = (
        CheckConstraint("level <> 'silent'", name="not_silent"),
        CheckConstraint("successor_id <> version_id", name="succeeded_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id", ondelete="CASCADE"), index=True
    )
    successor_id: Mapped[int | None] = mapped_column(
        ForeignKey("version.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[RecallLevel] = mapped_column(stored(RecallLevel))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    changed_pages: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]

    asset: Mapped[Asset] = relationship(lazy="joined", innerjoin=True)
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True, foreign_keys=version_id)
    successor: Mapped[Version | None] = relationship(lazy="joined", foreign_keys=successor_id)
    created_by: Mapped[User | None] = relationship(foreign_keys=created_by_id)
    holders: Mapped[list[RecallHolder]] = relationship(
        back_populates="recall",
        order_by=RecallHolder.id,
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @property
    def is_retirement(self) -> bool:
        """Whether nothing of the same asset follows."""
        return self.successor_id is None

    def close_if_done(self, at: datetime) -> None:
        """Close it once nobody who may come in is left to replace anything."""
        waiting = [one for one in self.holders if one.done_at is None and one.person.is_active]
        if not waiting and self.closed_at is None:
            self.closed_at = at
