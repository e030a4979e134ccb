"""The image of a page: drawn from a version's file, kept in the store by its hash."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.choices import ImageSize
from app.db import Base


class PageImage(Base):
    """One page, full and as a thumbnail, both WebP; width and height are the full one's, in px.

    `missing` says what could not be drawn. A page can have an image and no text.
    """

    __tablename__ = "page_image"
    __table_args__ = (
        UniqueConstraint("version_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("width >= 1 AND height >= 1", name="has_a_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"))
    number: Mapped[int]
    store: Mapped[str] = mapped_column(String(300))
    full: Mapped[str] = mapped_column(String(64), index=True)
    thumbnail: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    missing: Mapped[str] = mapped_column(Text, default="")

    def sha256(self, size: ImageSize) -> str:
        """The hash of its bytes in this size."""
        return self.full if size is ImageSize.FULL else self.thumbnail
