"""A deal: an opportunity as the CRM has it, with every stage it went through."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.choices import Outcome
from app.db import Base
from app.models.columns import stored
from app.models.person import User
from app.models.stage import Stage


class StageEntry(Base):
    """The moment at which a deal came into a stage."""

    __tablename__ = "stage_entry"
    __table_args__ = (Index("ix_stage_entry_deal_id_entered_at", "deal_id", "entered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id", ondelete="CASCADE"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    entered_at: Mapped[datetime]

    stage: Mapped[Stage] = relationship(lazy="joined", innerjoin=True)


class Deal(Base):
    """An opportunity; `amount` is in minor units of its currency, such as cents.

    `ended_at` is the end of the day it closed. `stage` is the last one it came into.
    """

    __tablename__ = "deal"
    __table_args__ = (
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_with_currency"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("(outcome = 'open') = (closed_on IS NULL)", name="closed_on"),
        CheckConstraint("(closed_on IS NULL) = (ended_at IS NULL)", name="ended_at"),
        CheckConstraint("closed_on >= opened_on", name="closed_after_opened"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    name_folded: Mapped[str] = mapped_column(String(900))
    account: Mapped[str] = mapped_column(String(300), default="")
    account_folded: Mapped[str] = mapped_column(String(900), default="", index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    segment: Mapped[str] = mapped_column(String(120), default="")
    segment_folded: Mapped[str] = mapped_column(String(360), default="", index=True)
    industry: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(120), default="")
    competitors: Mapped[list[str]] = mapped_column(JSON, default=list)
    lead_source: Mapped[str] = mapped_column(String(200), default="")
    campaign: Mapped[str] = mapped_column(String(200), default="")
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(stored(Outcome), default=Outcome.OPEN, index=True)
    opened_on: Mapped[date] = mapped_column(index=True)
    closed_on: Mapped[date | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    owner: Mapped[User | None] = relationship(lazy="joined")
    stage: Mapped[Stage | None] = relationship(lazy="joined")
    stage_history: Mapped[list[StageEntry]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by=(StageEntry.entered_at, StageEntry.id),
    )

    @validates("name", "account", "segment")
    def _fold(self, name: str, value: str) -> str:
        setattr(self, f"{name}_folded", value.casefold())
        return value

    @property
    def is_open(self) -> bool:
        """Whether it is still to be won or lost."""
        return self.outcome is Outcome.OPEN

    def stage_at(self, moment: datetime) -> Stage | None:
        """The stage it was in then; none before the first."""
        there = [entry.stage for entry in self.stage_history if entry.entered_at <= moment]
        return there[-1] if there else None

    def enter(self, stage: Stage, at: datetime) -> None:
        """Come into a stage; nothing happens where it is there already."""
        if self.stage is not stage:
            self.stage_history.append(StageEntry(stage=stage, entered_at=at))
            self.stage = stage

    def replace_history(self, entries: Sequence[tuple[Stage, datetime]]) -> None:
        """Have gone through these stages instead; of two at one moment the later given counts."""
        ordered = sorted(entries, key=lambda entry: entry[1])
        self.stage_history = [StageEntry(stage=stage, entered_at=at) for stage, at in ordered]
        self.stage = ordered[-1][0] if ordered else None

    def end(self, outcome: Outcome, on: date | None, ended_at: datetime | None) -> None:
        """Be won or lost on a day that ends at a moment, or open again, with neither."""
        self.outcome, self.closed_on, self.ended_at = outcome, on, ended_at

    def had_ended(self, moment: datetime) -> bool:
        """Whether its last close was over by then; the day of the close still belongs to it."""
        return self.ended_at is not None and moment >= self.ended_at
