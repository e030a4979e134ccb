"""An asset: a piece of collateral with a stable address, its facets and its life."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import FacetName, Kind, Status
from app.db import Base
from app.errors import Conflict
from app.models.columns import stored
from app.models.field_review import FieldReview
from app.models.person import User
from app.models.version import Version

TITLE_LENGTH = 300


class Facet(Base):
    """One value that an asset is sorted by; `folded` is what it is compared by."""

    __tablename__ = "asset_facet"
    __table_args__ = (
        UniqueConstraint("asset_id", "name", "folded"),
        Index("ix_asset_facet_name_folded", "name", "folded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"))
    name: Mapped[FacetName] = mapped_column(stored(FacetName))
    value: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(360))


class Asset(Base):
    """A piece of collateral; its versions come and go, its address stays."""

    __tablename__ = "asset"
    __table_args__ = (
        CheckConstraint("replaced_by_id <> id", name="replaced_by_another"),
        CheckConstraint("status = 'retired' OR replaced_by_id IS NULL", name="replaced_if_retired"),
        CheckConstraint("(status = 'retired') = (retired_at IS NOT NULL)", name="retired_at"),
        CheckConstraint("status <> 'published' OR published_at IS NOT NULL", name="published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    kind: Mapped[Kind] = mapped_column(stored(Kind), index=True)
    summary: Mapped[str] = mapped_column(Text, default="")
    use_it_when: Mapped[str] = mapped_column(String(300), default="")
    say_this: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[Status] = mapped_column(stored(Status), default=Status.DRAFT, index=True)
    is_shareable: Mapped[bool] = mapped_column(default=True)
    is_title_guessed: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_kind_guessed: Mapped[bool] = mapped_column(default=False, server_default=false())
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    review_by: Mapped[date | None]
    publish_at: Mapped[datetime | None] = mapped_column(index=True)
    expires_on: Mapped[date | None] = mapped_column(index=True)
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    retired_at: Mapped[datetime | None]
    retired_reason: Mapped[str] = mapped_column(Text, default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)

    owner: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    replaced_by: Mapped["Asset | None"] = relationship(remote_side=[id])
    facet_rows: Mapped[list[Facet]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by=Facet.id
    )
    versions: Mapped[list[Version]] = relationship(
        back_populates="asset", order_by=Version.number.desc()
    )
    field_reviews: Mapped[list[FieldReview]] = relationship(back_populates="asset")
    open_field_reviews: Mapped[list[FieldReview]] = relationship(
        primaryjoin="and_(FieldReview.asset_id == Asset.id, FieldReview.closed_at.is_(None))",
        viewonly=True,
    )
    current_version: Mapped[Version | None] = relationship(
        primaryjoin="and_(Version.asset_id == Asset.id, Version.is_current)",
        viewonly=True,
        uselist=False,
    )

    @property
    def facets(self) -> dict[str, list[str]]:
        """Every facet by its name in forms and answers, empty ones too."""
        found: dict[str, list[str]] = {name.value: [] for name in FacetName}
        for row in self.facet_rows:
            found[row.name.value].append(row.value)
        return found

    def sort_by(self, name: FacetName, values: list[str]) -> None:
        """Replace a facet's values; the same value in another case is one value."""
        wanted = {value.casefold(): value for value in reversed(values)}
        kept = [row for row in self.facet_rows if row.name is not name]
        same = {row.folded: row for row in self.facet_rows if row.name is name}
        for value in dict.fromkeys(value.casefold() for value in values):
            row = same.get(value) or Facet(name=name, folded=value)
            row.value = wanted[value]
            kept.append(row)
        self.facet_rows = kept

    def require_living(self, what: str) -> None:
        """Raise Conflict when the asset is retired."""
        if self.status is Status.RETIRED:
            raise Conflict(f"A retired asset {what}. Restore it first.")

    def enter_review(self, at: datetime) -> None:
        """Say that a draft is being looked at; what is published stays published."""
        if self.status is Status.DRAFT:
            self.status, self.updated_at = Status.IN_REVIEW, at

    def leave_review(self, at: datetime) -> None:
        """Be a draft again."""
        if self.status is Status.IN_REVIEW:
            self.status, self.updated_at = Status.DRAFT, at

    def publish(self, version: Version, at: datetime) -> None:
        """Make this version the current one, and a draft published."""
        self.require_living("takes no new version")
        version.published_at = version.published_at or at
        self.status = Status.PUBLISHED
        self.published_at = self.published_at or at
        self.publish_at = None
        self.updated_at = at

    def retire(self, reason: str, replaced_by: "Asset | None", at: datetime) -> None:
        """Take the asset out of use; its page stays and points to what replaced it."""
        if self.status is not Status.PUBLISHED:
            raise Conflict("Only a published asset can be retired.")
        self.status = Status.RETIRED
        self.retired_at = self.updated_at = at
        self.retired_reason = reason
        self.replaced_by = replaced_by

    def restore(self, at: datetime) -> None:
        """Give a retired asset back to reps as it was."""
        if self.status is not Status.RETIRED:
            raise Conflict("Only a retired asset can be restored.")
        self.status = Status.PUBLISHED
        self.retired_at = None
        self.retired_reason = ""
        self.replaced_by = None
        self.expires_on = None
        self.updated_at = at
