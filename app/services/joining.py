"""Making a piece that turned out to be another's newer version into that version."""

from sqlalchemy import delete, exists, select

from app.choices import RecallLevel, Status
from app.clock import now
from app.db import session
from app.errors import Conflict, Invalid, NotFound
from app.inputs.asset import Join
from app.models.activity import Activity
from app.models.asset import Asset
from app.models.feedback import FeedbackAsset
from app.models.index_change import IndexChange
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, versions
from app.services import audit, indexing, publishing, recalls
from app.services.locks import lock


def join(actor: User, asset: Asset, asked: Join) -> Version:
    """Add the newest file of an asset as a version of another.

    A draft that nobody has used or spoken of is gone afterwards, since all that it was is there;
    what was published is retired and points to the other. Answers the new version.
    """
    require(actor, Permission.PUBLISH, asset)
    other = _other(actor, asset, asked)
    for one in sorted((asset, other), key=lambda each: each.id):
        lock(one)
    asset.require_living("cannot become a version of another")
    other.require_living("takes no new version")
    newest = next(iter(versions.of_asset(actor, asset, limit=1)), None)
    if newest is None:
        raise Conflict("There is no file yet that could become a version.")
    version = publishing.same_bytes(actor, other, newest, asked.change_note, asked.recall)
    audit.record(actor, "asset.joined", asset, {"into": other.slug, "number": version.number})
    if asset.status is Status.PUBLISHED:
        _retire(actor, asset, other, version)
    elif _is_untouched(asset):
        _take_out(asset)
    return version


def _other(actor: User, asset: Asset, asked: Join) -> Asset:
    try:
        other = assets.get(actor, asked.into)
    except NotFound as problem:
        raise Invalid({"into": [problem.detail]}) from None
    if other.id == asset.id:
        raise Invalid({"into": ["Choose another piece: this is the same one."]})
    require(actor, Permission.PUBLISH, other)
    return other


def _retire(actor: User, asset: Asset, other: Asset, version: Version) -> None:
    """Point to the other; where that is not published yet, to nothing."""
    replacement = other if other.status is Status.PUBLISHED else None
    reason = f"It is version {version.number} of “{other.title}” now."
    asset.retire(reason, replacement, now())
    recalls.retired(actor, asset, RecallLevel.NOTIFY)
    audit.record(actor, "asset.retired", asset, {"reason": reason})
    indexing.changed(asset)


def _is_untouched(asset: Asset) -> bool:
    """Whether it has one version, and neither a use nor a note is about it."""
    told = select(
        exists().where(Use.asset_id == asset.id),
        exists().where(FeedbackAsset.asset_id == asset.id),
        exists().where(Version.asset_id == asset.id, Version.number > 1),
        exists().where(Asset.replaced_by_id == asset.id),
    )
    return not any(session.execute(told).one())


def _take_out(asset: Asset) -> None:
    """Remove a draft; its bytes are the new version's."""
    asset_id = asset.id
    session.execute(delete(Activity).where(Activity.asset_id == asset_id))
    session.execute(delete(Version).where(Version.asset_id == asset_id))
    session.execute(delete(Asset).where(Asset.id == asset_id))
    session.add(IndexChange(asset_id=asset_id))
