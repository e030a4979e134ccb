"""The list of assets that the search index has yet to hear about."""

from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class IndexChange(Base):
    """Something about an asset changed; the numbers grow in the order of the commits.

    `asset_id` points at no row on purpose: an asset that is gone must be told to the index too.
    """

    __tablename__ = "index_change"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(index=True)
