"""The search log: what was searched, how much was found, and what was opened of it."""

import secrets
from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.choices import SearchSource
from app.db import Base
from app.models.columns import stored

TEXT_LENGTH = 512
# As large as a number can be that JavaScript reads exactly.
_LARGEST = 2**53


def new_number() -> int:
    """A number for a search, drawn before the row is written."""
    return secrets.randbelow(_LARGEST - 1) + 1


class SearchQuery(Base):
    """One search by one person; what is typed letter by letter is one search.

    `folded` is what equal searches share. `filters` are lists of values by name. `best_position`
    is the highest place of what was opened. `wanted_at` is when the person said that what they
    were looking for is missing. Until `judged_at`, `is_failed` and `is_used` may still change.
    """

    __tablename__ = "search_query"
    __table_args__ = (
        Index("ix_search_query_person_id_at", "person_id", "at"),
        # What the sums of a period are made of.
        Index("ix_search_query_summed", "at", "person_id", "best_position", "is_failed", "is_used"),
        Index(
            "ix_search_query_unjudged",
            "at",
            sqlite_where=text("judged_at IS NULL"),
            postgresql_where=text("judged_at IS NULL"),
        ),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("best_position >= 1", name="best_position"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    folded: Mapped[str] = mapped_column(Text, index=True)
    filters: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    source: Mapped[SearchSource] = mapped_column(stored(SearchSource))
    deal_id: Mapped[int | None] = mapped_column(
        ForeignKey("deal.id", ondelete="SET NULL"), index=True
    )
    total: Mapped[int]
    best_position: Mapped[int | None]
    is_failed: Mapped[bool] = mapped_column(default=False)
    is_used: Mapped[bool] = mapped_column(default=False)
    wanted_at: Mapped[datetime | None]
    judged_at: Mapped[datetime | None]


class PopularSearch(Base):
    """A text that several people searched of late with success, counted in the background."""

    __tablename__ = "popular_search"
    __table_args__ = (
        # PostgreSQL looks for beginnings only in an index of this kind.
        Index("ix_popular_search_folded", "folded", postgresql_ops={"folded": "text_pattern_ops"}),
        CheckConstraint("askers >= 2", name="askers"),
    )

    folded: Mapped[str] = mapped_column(Text, primary_key=True)
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    askers: Mapped[int]


class SearchClick(Base):
    """A hit that was opened, or used straight from the list; `position` counts from 1."""

    __tablename__ = "search_click"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("page >= 1", name="page_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    search_query_id: Mapped[int] = mapped_column(
        ForeignKey("search_query.id", ondelete="CASCADE"), index=True
    )
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), index=True)
    page: Mapped[int | None]
    position: Mapped[int]
    at: Mapped[datetime]
