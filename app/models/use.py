"""A use: a version that somebody used on a deal."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import How, Origin
from app.db import Base
from app.models.asset import Asset
from app.models.columns import stored
from app.models.deal import Deal
from app.models.person import User
from app.models.stage import Stage
from app.models.version import Version


class Use(Base):
    """Who used which version on which deal, how and when; `stage` is the deal's at that moment."""

    __tablename__ = "use"
    __table_args__ = (
        UniqueConstraint("deal_id", "version_id", "person_id", "how", "occurred_at"),
        Index("ix_use_asset_id_deal_id", "asset_id", "deal_id"),
        # All that is counted of a period, so that half a million rows need not be looked up.
        Index("ix_use_of_a_period", "occurred_at", "how", "asset_id", "person_id", "version_id"),
        CheckConstraint("occurred_at <= recorded_at", name="not_in_the_future"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"), index=True)
    how: Mapped[How] = mapped_column(stored(How))
    origin: Mapped[Origin] = mapped_column(stored(Origin))
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")

    deal: Mapped[Deal] = relationship()
    asset: Mapped[Asset] = relationship()
    version: Mapped[Version] = relationship()
    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    stage: Mapped[Stage | None] = relationship(lazy="joined")

    @property
    def is_after_close(self) -> bool:
        """Whether it happened when the deal had ended, so that it cannot have helped."""
        return self.deal.had_ended(self.occurred_at)

    @property
    def is_reported_late(self) -> bool:
        """Whether it happened in time and was noted only after the close."""
        return self.deal.had_ended(self.recorded_at) and not self.is_after_close
