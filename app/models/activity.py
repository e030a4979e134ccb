"""What people looked at and downloaded."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.choices import Deed
from app.db import Base
from app.models.columns import stored


class Activity(Base):
    """One download, or the first look of a person at a version on a day."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_asset_id_deed_at", "asset_id", "deed", "at"),
        Index(
            "uq_activity_viewed",
            "user_id",
            "version_id",
            "day",
            unique=True,
            sqlite_where=text("deed = 'viewed'"),
            postgresql_where=text("deed = 'viewed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    deed: Mapped[Deed] = mapped_column(stored(Deed))
    at: Mapped[datetime]
    day: Mapped[date]
