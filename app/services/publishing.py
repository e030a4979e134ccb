"""Versions: taking them in, making one current, and going back to an old one."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select, update

from app.choices import ImageState, NoticeKind, RecallLevel, Status, TextState
from app.clock import in_words, now, today
from app.db import session
from app.errors import Conflict
from app.inputs.asset import NewVersion, Rollback
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.services import (
    audit,
    field_reviews,
    indexing,
    kinds,
    notices,
    queue,
    recalls,
    storage,
    versions,
)
from app.services.locks import lock
from app.services.notices import News
from app.services.storage import NewFile

LINK_TYPE = "text/uri-list"
UNREAD = {"text_state": TextState.PENDING, "image_state": ImageState.PENDING}
NOT_READ = {"text_state": TextState.NONE, "image_state": ImageState.NONE}


def first_version(
    actor: User, asset: Asset, file: NewFile | None, url: str | None, note: str
) -> Version:
    """Version 1 of a new asset, from a file or a link."""
    if file:
        return _add(actor, asset, {**storage.keep(file), **UNREAD}, note)
    link = {"url": url, "filename": "", "media_type": LINK_TYPE, "size": 0, **NOT_READ}
    return _add(actor, asset, link, note)


def add_version(actor: User, asset: Asset, new: NewVersion, file: NewFile) -> Version:
    """Store a file as the asset's newest version and, if so asked, give it to reps."""
    require(actor, Permission.PUBLISH, asset)
    lock(asset)
    asset.require_living("takes no new version")
    columns = {**storage.keep(file), **UNREAD}
    version = _add(actor, asset, columns, new.change_note)
    version.recall = new.recall
    if new.publish and not _overtaken(asset, new) and not field_reviews.wanting(asset, version):
        give(actor, asset, version, now())
    indexing.changed(asset)
    return version


def publish(actor: User, asset: Asset, number: int | None) -> Version:
    """Give a version to reps, without a number the newest; safe to repeat."""
    require(actor, Permission.PUBLISH, asset)
    lock(asset)
    version = versions.resolve(actor, asset, number or _newest(asset))
    if not version.is_current or asset.status is not Status.PUBLISHED:
        if not version.is_waiting and not version.is_current:
            raise Conflict(
                f"Version {version.number} was published before. Roll back to it instead, "
                "which makes a new version of it."
            )
        field_reviews.require_reviewed(asset, version)
        _require_unexpired(asset)
        give(actor, asset, version, now())
        indexing.changed(asset)
    return version


def rollback(actor: User, asset: Asset, asked: Rollback) -> Version:
    """Publish an old version's bytes again, as a new number."""
    require(actor, Permission.PUBLISH, asset)
    lock(asset)
    asset.require_living("takes no new version")
    old = versions.resolve(actor, asset, asked.to)
    if old.is_waiting:
        raise Conflict(f"Version {old.number} was never published. Publish it instead.")
    if old.is_current:
        raise Conflict(f"Version {old.number} is the current one already.")
    return same_bytes(actor, asset, old, asked.change_note, asked.recall)


def same_bytes(actor: User, asset: Asset, old: Version, note: str, recall: RecallLevel) -> Version:
    """Give the bytes of some version, of this asset or another, to reps as a new number."""
    kept = ("store", "sha256", "size", "filename", "media_type", "url")
    columns = {name: getattr(old, name) for name in kept}
    version = _add(actor, asset, {**columns, **(NOT_READ if old.url else UNREAD)}, note)
    version.recall = recall
    if asset.status is Status.PUBLISHED:
        give(actor, asset, version, now())
    indexing.changed(asset)
    return version


def publish_due() -> int:
    """Publish the drafts whose time has come; answers how many.

    One that still needs a field review waits for it.
    """
    at, count = now(), 0
    unpublished = Asset.status.in_((Status.DRAFT, Status.IN_REVIEW))
    due = select(Asset).where(unpublished, Asset.publish_at <= at).order_by(Asset.publish_at)
    found = session.scalars(due.with_for_update(of=Asset, skip_locked=True)).all()
    for asset in found:
        newest = session.scalars(
            select(Version).where(Version.asset_id == asset.id, Version.number == _newest(asset))
        ).one()
        missing = field_reviews.wanting(asset, newest) or _expired(asset)
        if missing:
            notices.tell(asset.owner, _held_up(asset, missing))
        else:
            give(None, asset, newest, at)
            indexing.changed(asset)
            count += 1
    return count


def _require_unexpired(asset: Asset) -> None:
    if problem := _expired(asset):
        raise Conflict(problem)


def _expired(asset: Asset) -> str:
    """Why it cannot be published for want of time; "" where it can."""
    if asset.expires_on is None or asset.expires_on >= today():
        return ""
    return f"It was to be used until {in_words(asset.expires_on)}. Change that day first."


def _held_up(asset: Asset, missing: str) -> News:
    return News(
        NoticeKind.FIELD_REVIEW,
        f"held {asset.id} {asset.publish_at}",
        f"“{asset.title}” was to be published, and is not",
        missing,
        f"/assets/{asset.slug}",
    )


def _add(actor: User, asset: Asset, columns: Mapping[str, object], note: str) -> Version:
    version = Version(
        asset=asset,
        number=_newest(asset) + 1,
        change_note=note,
        created_by=actor,
        created_at=now(),
        **columns,
    )
    session.add(version)
    session.flush()
    if version.text_state is TextState.PENDING:
        queue.enqueue("read_version", version)
    audit.record(actor, "version.added", version, {"asset": asset.id, "number": version.number})
    return version


def give(actor: User | None, asset: Asset, version: Version, at: datetime) -> None:
    """Make a version the current one: first no version is, then this one."""
    old = asset.current_version
    asset.publish(version, at)
    if asset.review_by and asset.review_by < today():
        # What is published now has been looked at.
        asset.review_by = kinds.review_by(asset.kind, today())
    session.execute(
        update(Version)
        .where(Version.asset_id == asset.id, Version.is_current, Version.id != version.id)
        .values(is_current=False)
    )
    version.is_current = True
    session.flush()
    field_reviews.published(version)
    session.expire(asset, ["current_version"])
    audit.record(actor, "version.published", version, {"asset": asset.id, "number": version.number})
    if old is not None and old.id != version.id:
        recalls.superseded(actor, asset, old, version, version.recall)


def _overtaken(asset: Asset, new: NewVersion) -> bool:
    """Whether somebody else has published since the sender looked: then theirs stays current."""
    current = asset.current_version
    return new.after is not None and current is not None and current.number != new.after


def _newest(asset: Asset) -> int:
    newest = select(func.max(Version.number)).where(Version.asset_id == asset.id)
    return session.scalar(newest) or 0
