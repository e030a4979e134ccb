"""A confirmation: somebody looked at an asset and said that it is still right."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.person import User
from app.models.version import Version


class Confirmation(Base):
    """Who confirmed which version, and when."""

    __tablename__ = "confirmation"
    __table_args__ = (Index("ix_confirmation_asset_id_at", "asset_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(
        ForeignKey("version.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime]

    version: Mapped[Version] = relationship()
    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)
