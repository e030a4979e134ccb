"""What is shown of an asset in lists and answers, cut loose from the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.models.asset import Asset
from app.models.person import User
from app.models.version import Version


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as others see them."""

    id: int
    name: str
    email: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A version without its pages."""

    number: int
    filename: str
    media_type: str
    size: int
    sha256: str | None
    url: str | None
    page_count: int
    text_state: str
    text_problem: str
    change_note: str
    is_current: bool
    created_by: PersonCard
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pointer:
    """Another asset, by name and address."""

    id: int
    slug: str
    title: str


@dataclass(frozen=True, slots=True, eq=False)
class AssetCard:
    """An asset with its current version.

    `shown_version_id` is the version that search shows: the current one, of a draft the newest.
    Two cards are never equal, so that what is made of one can be kept by the card itself.
    """

    id: int
    slug: str
    title: str
    kind: str
    summary: str
    use_it_when: str
    say_this: str
    status: str
    is_shareable: bool
    owner: PersonCard
    facets: Mapping[str, tuple[str, ...]]
    review_by: date | None
    publish_at: datetime | None
    expires_on: date | None
    replaced_by: Pointer | None
    current_version: VersionCard | None
    shown_version_id: int | None
    versions_count: int
    waiting_count: int
    created_at: datetime
    updated_at: datetime


def of_person(person: User) -> PersonCard:
    """A person's card."""
    return PersonCard(person.id, person.name, person.email, person.is_active)


def of_version(version: Version) -> VersionCard:
    """A version's card."""
    return VersionCard(
        number=version.number,
        filename=version.filename,
        media_type=version.media_type,
        size=version.size,
        sha256=version.sha256,
        url=version.url,
        page_count=version.page_count,
        text_state=version.text_state.value,
        text_problem=version.text_problem,
        change_note=version.change_note,
        is_current=version.is_current,
        created_by=of_person(version.created_by),
        created_at=version.created_at,
        published_at=version.published_at,
    )


def of_asset(asset: Asset) -> AssetCard:
    """An asset's card; load it with `assets.with_card` where there are many."""
    other = asset.replaced_by
    current = asset.current_version
    return AssetCard(
        id=asset.id,
        slug=asset.slug,
        title=asset.title,
        kind=asset.kind.value,
        summary=asset.summary,
        use_it_when=asset.use_it_when,
        say_this=asset.say_this,
        status=asset.status.value,
        is_shareable=asset.is_shareable,
        owner=of_person(asset.owner),
        facets={name: tuple(values) for name, values in asset.facets.items()},
        review_by=asset.review_by,
        publish_at=asset.publish_at,
        expires_on=asset.expires_on,
        replaced_by=Pointer(other.id, other.slug, other.title) if other else None,
        current_version=of_version(current) if current else None,
        shown_version_id=_shown(asset),
        versions_count=len(asset.versions),
        waiting_count=_waiting(asset.versions),
        created_at=asset.created_at,
        updated_at=asset.updated_at,
    )


def _shown(asset: Asset) -> int | None:
    if asset.current_version:
        return asset.current_version.id
    return asset.versions[0].id if asset.versions else None


def _waiting(versions: Iterable[Version]) -> int:
    return sum(1 for version in versions if version.is_waiting)
