"""What finds near duplicates: the bands of pages, and pairs of versions nearly the same."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.version import Version


class PageBand(Base):
    """One band of a page's text, as text.near makes it: like pages have some in common."""

    __tablename__ = "page_band"
    __table_args__ = ({"sqlite_with_rowid": False},)

    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    page_id: Mapped[int] = mapped_column(
        ForeignKey("page.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class NearDuplicate(Base):
    """Two versions of different assets that are nearly the same, once from either side.

    `pages` of the `of_pages` pages of the shorter one match.
    """

    __tablename__ = "near_duplicate"
    __table_args__ = (
        UniqueConstraint("version_id", "other_id"),
        CheckConstraint("version_id <> other_id", name="of_another"),
        CheckConstraint("pages >= 1 AND pages <= of_pages", name="pages_of"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"), index=True)
    pages: Mapped[int]
    of_pages: Mapped[int]

    other: Mapped[Version] = relationship(foreign_keys=other_id)
