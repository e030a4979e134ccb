"""Assets, versions and pages as answers."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from flask import current_app, request
from pydantic import BaseModel, Field

from app.api.answers.people import PersonAnswer
from app.choices import Status
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Page
from app.policy.rules import is_marketer
from app.queries.cards import AssetCard, Pointer, VersionCard
from app.queries.changes import Changes


def site() -> str:
    """Where people reach the hub, without a slash at the end."""
    return str(current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/"))


class VersionAnswer(BaseModel):
    """One upload of an asset; `pages` is how many there are, `size` is in bytes."""

    number: int
    filename: str
    media_type: str
    size: int
    sha256: str | None
    url: str | None
    pages: int
    text_state: str
    text_problem: str | None
    change_note: str
    is_current: bool
    created_by: PersonAnswer
    created_at: datetime
    published_at: datetime | None

    @classmethod
    def of(cls, version: VersionCard, *, with_url: bool) -> "VersionAnswer":
        """From a card; a link's address only for those who may follow it."""
        return cls(
            number=version.number,
            filename=version.filename,
            media_type=version.media_type,
            size=version.size,
            sha256=version.sha256,
            url=version.url if with_url else None,
            pages=version.page_count,
            text_state=version.text_state,
            text_problem=version.text_problem or None,
            change_note=version.change_note,
            is_current=version.is_current,
            created_by=PersonAnswer.of(version.created_by),
            created_at=version.created_at,
            published_at=version.published_at,
        )


class AssetPointer(BaseModel):
    """Another asset."""

    id: int
    slug: str
    title: str

    @classmethod
    def to(cls, asset: Asset) -> "AssetPointer":
        """To this asset."""
        return cls(id=asset.id, slug=asset.slug, title=asset.title)

    @classmethod
    def of(cls, other: Pointer | None) -> "AssetPointer | None":
        """From a pointer, if there is one."""
        return cls(id=other.id, slug=other.slug, title=other.title) if other else None


class AssetLinks(BaseModel):
    """Where the asset is found."""

    self: str
    html: str
    file: str


class AssetAnswer(BaseModel):
    """An asset with its current version; a draft has none."""

    id: int
    slug: str
    title: str
    kind: str
    summary: str
    use_it_when: str
    say_this: str
    status: str
    shareable: bool
    owner: PersonAnswer
    stages: list[str]
    personas: list[str]
    products: list[str]
    industries: list[str]
    segments: list[str]
    regions: list[str]
    competitors: list[str]
    tags: list[str]
    review_by: date | None
    publish_at: datetime | None
    expires_on: date | None
    replaced_by: AssetPointer | None
    current_version: VersionAnswer | None
    versions_count: int
    created_at: datetime
    updated_at: datetime
    links: AssetLinks

    @classmethod
    def of(cls, asset: AssetCard, actor: User) -> "AssetAnswer":
        """From a card, as this person may see it."""
        return cls.made(asset, *_shown_to(actor, asset))

    @classmethod
    def written(cls, asset: AssetCard, actor: User) -> str:
        """The same as JSON; written once for all who may see the same."""
        return _written(asset, *_shown_to(actor, asset)).decode()

    @classmethod
    def made(cls, asset: AssetCard, place: str, sees_all: bool, with_url: bool) -> "AssetAnswer":
        """From a card; `sees_all` counts waiting versions, `with_url` tells a link's address."""
        current = asset.current_version
        return cls(
            id=asset.id,
            slug=asset.slug,
            title=asset.title,
            kind=asset.kind,
            summary=asset.summary,
            use_it_when=asset.use_it_when,
            say_this=asset.say_this,
            status=asset.status,
            shareable=asset.is_shareable,
            owner=PersonAnswer.of(asset.owner),
            **asset.facets,
            review_by=asset.review_by,
            publish_at=asset.publish_at,
            expires_on=asset.expires_on,
            replaced_by=AssetPointer.of(asset.replaced_by),
            current_version=VersionAnswer.of(current, with_url=with_url) if current else None,
            versions_count=asset.versions_count - (0 if sees_all else asset.waiting_count),
            created_at=asset.created_at,
            updated_at=asset.updated_at,
            links=AssetLinks(
                self=f"{place}/api/v1/assets/{asset.id}",
                html=f"{place}/assets/{asset.slug}",
                file=f"{place}/api/v1/assets/{asset.id}/file",
            ),
        )


def _shown_to(actor: User, asset: AssetCard) -> tuple[str, bool, bool]:
    """Where the hub is, whether they see what waits, and whether they may follow a link."""
    sees_all = is_marketer(actor) or asset.owner.id == actor.id
    return site(), sees_all, asset.status != Status.RETIRED or is_marketer(actor)


# Bytes, since as objects all that is told of an asset takes four times as much memory.
@lru_cache(maxsize=2000)
def _written(asset: AssetCard, place: str, sees_all: bool, with_url: bool) -> bytes:
    return AssetAnswer.made(asset, place, sees_all, with_url).model_dump_json().encode()


class AssetList(BaseModel):
    """Some of the assets that match."""

    items: list[AssetAnswer]
    next: str | None
    total: int


class VersionList(BaseModel):
    """An asset's versions, newest first."""

    items: list[VersionAnswer]
    next: str | None = None
    total: int


class PageChangeAnswer(BaseModel):
    """A page's number before (`from`) and after (`to`), and what became of it."""

    before: int | None = Field(serialization_alias="from")
    to: int | None
    change: str


class DiffAnswer(BaseModel):
    """What changed between two versions, page by page, and in a sentence."""

    pages: list[PageChangeAnswer]
    summary: str

    @classmethod
    def of(cls, changes: Changes) -> "DiffAnswer":
        """From the changes."""
        pages = [
            PageChangeAnswer(
                before=page.old.number if page.old else None,
                to=page.new.number if page.new else None,
                change=page.change.value,
            )
            for page in changes.pages
        ]
        return cls(pages=pages, summary=changes.summary)


class PageAnswer(BaseModel):
    """What was read from one page."""

    number: int
    title: str
    text: str
    speaker_notes: str


class PageList(BaseModel):
    """The pages of a version, in order."""

    items: list[PageAnswer]
    next: str | None = None
    total: int

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "PageList":
        """From the pages."""
        items = [
            PageAnswer(
                number=page.number,
                title=page.title,
                text=page.text,
                speaker_notes=page.speaker_notes,
            )
            for page in pages
        ]
        return cls(items=items, total=len(items))
