"""Saved searches: asked again whenever the library changes, for what is new."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.person import User


class SavedSearch(Base):
    """A search that a person keeps; `filters` are lists of values by name.

    `position` is the library's change number when it was saved, or up to which it was asked again;
    what changes later is new. `told_at` is when its owner was last told.
    """

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(512), default="")
    filters: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    wants_notice: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]
    told_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class SavedMatch(Base):
    """An asset that matches a saved search, so that its owner is told of it once."""

    __tablename__ = "saved_match"

    saved_search_id: Mapped[int] = mapped_column(
        ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True
    )
    asset_id: Mapped[int] = mapped_column(
        ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
