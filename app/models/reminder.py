"""A reminder: that somebody was told of a review date, so that nobody is told twice."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Reminder(Base):
    """One review date of an asset, and how many days it was off; negative when it is over."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("asset_id", "review_by", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"))
    review_by: Mapped[date]
    days: Mapped[int]
    at: Mapped[datetime]
