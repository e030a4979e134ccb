"""A version: one immutable upload of an asset, and the pages that were read from it."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import ImageState, RecallLevel, TextState
from app.db import Base
from app.models.columns import stored
from app.models.page_image import PageImage
from app.models.person import User

if TYPE_CHECKING:
    from app.models.asset import Asset


class Page(Base):
    """One slide or page of a version; the speaker's notes are never shown to buyers."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    speaker_notes: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(32), default="", index=True)


class Version(Base):
    """One upload: a file kept by its hash in the store that the row names, or a link."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("asset_id", "number"),
        Index(
            "uq_version_current",
            "asset_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("(sha256 IS NULL) = (url IS NOT NULL)", name="file_or_link"),
        CheckConstraint("(sha256 IS NULL) = (store IS NULL)", name="file_in_store"),
        CheckConstraint("number = 1 OR change_note <> ''", name="change_note"),
        CheckConstraint("NOT is_current OR published_at IS NOT NULL", name="current_published"),
        CheckConstraint("(image_state = 'failed') = (image_problem <> '')", name="image_problem"),
        CheckConstraint("(text_state = 'failed') = (text_problem <> '')", name="text_problem"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    number: Mapped[int]
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    store: Mapped[str | None] = mapped_column(String(300))
    url: Mapped[str | None] = mapped_column(Text)
    change_note: Mapped[str] = mapped_column(Text, default="")
    is_current: Mapped[bool] = mapped_column(default=False)
    recall: Mapped[RecallLevel] = mapped_column(
        stored(RecallLevel), default=RecallLevel.NOTIFY, server_default=RecallLevel.NOTIFY.value
    )
    text_state: Mapped[TextState] = mapped_column(stored(TextState), index=True)
    text_problem: Mapped[str] = mapped_column(Text, default="")
    image_state: Mapped[ImageState] = mapped_column(stored(ImageState), index=True)
    image_problem: Mapped[str] = mapped_column(Text, default="")
    draw_tries: Mapped[int] = mapped_column(default=0, server_default="0")
    draw_after: Mapped[datetime | None]
    is_compared: Mapped[bool] = mapped_column(default=False, server_default=false())
    document_title: Mapped[str] = mapped_column(Text, default="")
    page_count: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    asset: Mapped["Asset"] = relationship(back_populates="versions")
    created_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    images: Mapped[list[PageImage]] = relationship(
        order_by=PageImage.number, cascade="all, delete-orphan", passive_deletes=True
    )
    pages: Mapped[list[Page]] = relationship(
        order_by=Page.number, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_waiting(self) -> bool:
        """Whether it was never given to reps."""
        return self.published_at is None
