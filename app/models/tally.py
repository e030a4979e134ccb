"""Tallies: how often each piece was looked at and used lately, counted in the background."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

RECENT = timedelta(days=90)


class AssetTally(Base):
    """Views and genuine uses of an asset in the last 90 days, and the open deals that hold it.

    A row is written when its figures change, and the first row at every counting: the newest
    `computed_at` of all is when all were counted.
    """

    __tablename__ = "asset_tally"

    asset_id: Mapped[int] = mapped_column(
        ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    views: Mapped[int]
    uses: Mapped[int]
    open_deals: Mapped[int]
    computed_at: Mapped[datetime]
