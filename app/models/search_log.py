"""The search log: what was searched, how much was found, and what was opened of it."""

import secrets
from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text
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

    `folded` is what equal searches share. `filters` are lists of values by name. `wanted_at` is
    when the person said that what they were looking for is missing.
    """

    __tablename__ = "search_query"
    __table_args__ = (
        Index("ix_search_query_person_id_at", "person_id", "at"),
        # PostgreSQL looks for beginnings only in an index of this kind.
        Index("ix_search_query_folded", "folded", postgresql_ops={"folded": "text_pattern_ops"}),
        CheckConstraint("total >= 0", name="total"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    folded: Mapped[str] = mapped_column(Text)
    filters: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    source: Mapped[SearchSource] = mapped_column(stored(SearchSource))
    deal_id: Mapped[int | None] = mapped_column(
        ForeignKey("deal.id", ondelete="SET NULL"), index=True
    )
    total: Mapped[int]
    wanted_at: Mapped[datetime | None]


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
