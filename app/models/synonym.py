"""Synonyms: words that mean the same to whoever searches."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base


class Synonym(Base):
    """One of a group's words, or several that stand together; `folded` is in one group only."""

    __tablename__ = "synonym"
    __table_args__ = (CheckConstraint("folded <> ''", name="folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("synonym_group.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(Text, unique=True)


class SynonymGroup(Base):
    """Words that stand for each other, in the order in which they were given."""

    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime]

    rows: Mapped[list[Synonym]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by=Synonym.id,
    )

    @property
    def texts(self) -> list[str]:
        """The words."""
        return [row.text for row in self.rows]
