"""Making a piece that turned out to be another's newer version into that version."""

from sqlalchemy import delete, exists, select

from app.choices import Status
from app.db import one_at_a_time, session
from app.errors import Conflict, Invalid, NotFound
from app.inputs.asset import Join
from app.models.activity import Activity
from app.models.asset import Asset
from app.models.feedback import FeedbackAsset
from app.models.field_review import FieldReview
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, kinds, versions
from app.services import audit, indexing, publishing, retirement
from app.services.locks import lock


def join(actor: User, asset: Asset, asked: Join) -> Version:
    """Add the newest file of an asset as a version of another; it waits where the other is a draft.

    A draft that nobody has used or spoken of is gone afterwards, since all that it was is there;
    what was published is retired and points to the other. Answers the new version.
    """
    require(actor, Permission.PUBLISH, asset)
    require(actor, Permission.RETIRE, asset)
    one_at_a_time(retirement.RETIRE_LOCK)
    other = _other(actor, asset, asked)
    for one in sorted((asset, other), key=lambda each: each.id):
        lock(one)
    _check(asset, other)
    newest = versions.newest(actor, asset)
    if newest is None:
        raise Conflict("There is no file yet that could become a version.")
    version = publishing.same_bytes(actor, other, newest, asked.change_note, asked.recall)
    audit.record(actor, "asset.joined", asset, {"into": other.slug, "number": version.number})
    if asset.status is Status.PUBLISHED:
        reason = f"It is version {version.number} of “{other.title}” now."
        retirement.take_out(actor, asset, reason, other)
    elif _is_untouched(asset):
        _take_out(asset)
    return version


def _check(asset: Asset, other: Asset) -> None:
    """Raise Conflict where reps would be left without a file, or a question be passed over."""
    asset.require_living("cannot become a version of another")
    other.require_living("takes no new version")
    if kinds.rule(other.kind).needs_field_review:
        kind = other.kind.value.replace("_", " ")
        raise Conflict(
            f"A {kind} needs a field review first. Add the file there as a new version, without "
            "“Make it current now”, and ask about that."
        )
    if asset.status is Status.PUBLISHED and other.status is not Status.PUBLISHED:
        raise Conflict(f"“{other.title}” is not published yet. Publish it first, or join it here.")


def _other(actor: User, asset: Asset, asked: Join) -> Asset:
    try:
        other = assets.titled(actor, str(asked.into)) or assets.get(actor, asked.into)
    except NotFound as problem:
        raise Invalid({"into": [problem.detail]}) from None
    if other.id == asset.id:
        raise Invalid({"into": ["Choose another piece: this is the same one."]})
    require(actor, Permission.PUBLISH, other)
    return other


def _is_untouched(asset: Asset) -> bool:
    """Whether it has one version, and no use, note or field review is about it."""
    told = select(
        exists().where(Use.asset_id == asset.id),
        exists().where(FeedbackAsset.asset_id == asset.id),
        exists().where(Version.asset_id == asset.id, Version.number > 1),
        exists().where(Asset.replaced_by_id == asset.id),
        exists().where(FieldReview.asset_id == asset.id),
    )
    return not any(session.execute(told).one())


def _take_out(asset: Asset) -> None:
    """Remove a draft; its bytes are the new version's."""
    asset_id = asset.id
    session.execute(delete(Activity).where(Activity.asset_id == asset_id))
    session.execute(delete(Version).where(Version.asset_id == asset_id))
    session.execute(delete(Asset).where(Asset.id == asset_id))
    indexing.gone([asset_id])
