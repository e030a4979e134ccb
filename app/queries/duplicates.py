"""Near duplicates: which pieces are nearly the same page by page, and which pages are alike."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, BigInteger, ColumnElement, column, func, or_, select
from sqlalchemy import values as sql_values
from sqlalchemy.orm import aliased

from app.choices import Status, TextState
from app.db import session
from app.models.asset import Asset
from app.models.likeness import NearDuplicate, PageBand
from app.models.person import User
from app.models.version import Page, Version
from app.queries import assets

CANDIDATES = 20
# Of a band, no more than so many pages are looked at.
NEWEST = 200
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
    """Current and waiting versions of other living pieces that share most of these bands."""
    held = _holding(values)
    shared = (
        select(Page.version_id, func.count(Page.id.distinct()).label("pages"))
        .join(held, held.c.page_id == Page.id)
        .group_by(Page.version_id)
        .subquery()
    )
    chosen = (
        select(Version)
        .join(shared, shared.c.version_id == Version.id)
        .join(Asset, Asset.id == Version.asset_id)
        .where(Asset.id != version.asset_id, Asset.status.in_(LIVING))
        .where(or_(Version.is_current, Version.published_at.is_(None)))
        .order_by(shared.c.pages.desc(), Version.id.desc())
    )
    return session.scalars(chosen.limit(CANDIDATES)).all()


def texts(version_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The texts of the pages of some versions, in order."""
    found: dict[int, list[str]] = {}
    rows = select(Page.version_id, Page.title, Page.text).where(Page.version_id.in_(version_ids))
    for version_id, title, text in session.execute(rows.order_by(Page.version_id, Page.number)):
        found.setdefault(version_id, []).append(f"{title} {text}")
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
) -> tuple[Sequence[tuple[int, int, bool]], Sequence[tuple[int, str]]]:
    """Pages of versions that reps had, of pieces the asker sees: by band with whether the page is
    in use, and by fingerprint.
    """
    seen = assets.visible_to(actor).with_only_columns(Asset.id)
    of_reps = (Version.published_at.is_not(None), Version.asset_id.in_(seen))
    held = _holding(values)
    by_band = (
        select(held.c.value, held.c.page_id, Version.is_current, Asset.status)
        .join(Page, Page.id == held.c.page_id)
        .join(Version, Version.id == Page.version_id)
        .join(Asset, Asset.id == Version.asset_id)
        .where(*of_reps)
    )
    # Of pages with the same words one is enough, for each way in which it can stand.
    by_print = (
        select(func.max(Page.id), Page.fingerprint)
        .join(Version, Version.id == Page.version_id)
        .join(Asset, Asset.id == Version.asset_id)
        .where(Page.fingerprint.in_(fingerprints), Page.fingerprint != "", *of_reps)
        .group_by(Page.fingerprint, Version.is_current, Asset.status)
    )
    return (
        [
            (value, page_id, is_current and status is Status.PUBLISHED)
            for value, page_id, is_current, status in (session.execute(by_band) if values else ())
        ],
        [(page_id, found) for page_id, found in session.execute(by_print)],
    )


def _holding(values: Collection[int]) -> CTE:
    """The newest pages that have each of these bands: a legal notice is on thousands."""
    asked = sql_values(column("value", BigInteger), name="wanted")
    wanted = asked.data([(one,) for one in values]).cte("wanted")
    newer = aliased(PageBand)
    last = (
        select(newer.page_id)
        .where(newer.value == wanted.c.value)
        .order_by(newer.page_id.desc())
        .offset(NEWEST - 1)
        .limit(1)
        .scalar_subquery()
    )
    held = select(PageBand.value, PageBand.page_id).join(wanted, wanted.c.value == PageBand.value)
    return held.where(PageBand.page_id >= func.coalesce(last, 0)).cte("held")
