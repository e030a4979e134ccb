"""Near duplicates: which pieces are nearly the same page by page, and which pages are alike."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.choices import Status, TextState
from app.db import session
from app.models.asset import Asset
from app.models.likeness import NearDuplicate, PageBand
from app.models.person import User
from app.models.version import Page, Version
from app.queries import assets

CANDIDATES = 20
# A band that so many pages share is a legal notice or a farewell, and tells nothing.
COMMON = 200
LIVING = (Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Nearly:
    """Another piece; `pages` of the `of_pages` pages of the shorter one match."""

    asset: Asset
    pages: int
    of_pages: int


def uncompared(limit: int) -> Sequence[int]:
    """The ids of versions whose text has been read and whose pages nobody has compared yet."""
    chosen = select(Version.id).where(
        Version.text_state == TextState.READY, Version.is_compared.is_(False)
    )
    return session.scalars(chosen.order_by(Version.id).limit(limit)).all()


def candidates(version: Version, values: Collection[int]) -> Sequence[Version]:
    """What other living pieces show, or would show as drafts, sharing most of these bands."""
    shared = (
        select(Page.version_id, func.count(Page.id.distinct()).label("pages"))
        .join(PageBand, PageBand.page_id == Page.id)
        .where(PageBand.value.in_(_telling(values)))
        .group_by(Page.version_id)
        .subquery()
    )
    chosen = (
        select(Version)
        .join(shared, shared.c.version_id == Version.id)
        .where(Version.asset_id != version.asset_id, is_shown(Version))
        .order_by(shared.c.pages.desc(), Version.id.desc())
    )
    return session.scalars(chosen.limit(CANDIDATES)).all()


def texts(version_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The texts of the pages of some versions, in order."""
    found: dict[int, list[str]] = {}
    rows = select(Page.version_id, Page.title, Page.text).where(Page.version_id.in_(version_ids))
    for version_id, title, text in session.execute(rows.order_by(Page.version_id, Page.number)):
        found.setdefault(version_id, []).append(f"{title}\n{text}")
    return found


def of(actor: User, asset: Asset) -> Sequence[Nearly]:
    """The other living pieces that are nearly the same as what this one shows, the most first."""
    other = aliased(Version)
    pairs = (
        select(other.asset_id, NearDuplicate.pages, NearDuplicate.of_pages)
        .join(Version, Version.id == NearDuplicate.version_id)
        .join(other, other.id == NearDuplicate.other_id)
        .where(Version.asset_id == asset.id, is_shown(Version), is_shown(other))
        .subquery()
    )
    chosen = (
        assets.visible_to(actor)
        .join(pairs, pairs.c.asset_id == Asset.id)
        .where(Asset.status.in_(LIVING))
        .add_columns(pairs.c.pages, pairs.c.of_pages)
        .order_by(pairs.c.pages.desc(), Asset.id)
    )
    return [Nearly(found, pages, of_) for found, pages, of_ in session.execute(chosen).unique()]


def is_shown(version: type[Version]) -> ColumnElement[bool]:
    """What a piece shows: its current version, of one that has none every version that waits."""
    published = select(Asset.id).where(Asset.status.in_((Status.DRAFT, Status.IN_REVIEW)))
    return or_(version.is_current, version.asset_id.in_(published))


def like_pages(
    actor: User, values: Collection[int], fingerprints: Collection[str]
) -> tuple[Sequence[tuple[int, int]], Sequence[tuple[int, str]]]:
    """Pages of versions that reps had, of pieces the asker sees: by band, and by fingerprint."""
    seen = assets.visible_to(actor).with_only_columns(Asset.id)
    of_reps = (Version.published_at.is_not(None), Version.asset_id.in_(seen))
    by_band = (
        select(PageBand.value, PageBand.page_id)
        .join(Page, Page.id == PageBand.page_id)
        .join(Version, Version.id == Page.version_id)
        .where(PageBand.value.in_(_telling(values)), *of_reps)
    )
    by_print = (
        select(Page.id, Page.fingerprint)
        .join(Version, Version.id == Page.version_id)
        .where(Page.fingerprint.in_(fingerprints), Page.fingerprint != "", *of_reps)
    )
    return (
        [(value, page_id) for value, page_id in session.execute(by_band)],
        [(page_id, found) for page_id, found in session.execute(by_print)],
    )


def _telling(values: Collection[int]) -> Select[int]:
    """Those bands that not too many pages share."""
    return (
        select(PageBand.value)
        .where(PageBand.value.in_(values))
        .group_by(PageBand.value)
        .having(func.count() <= COMMON)
    )
