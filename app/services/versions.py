"""The one place that decides which version an action uses, and who gets its file."""

from app.choices import Status
from app.errors import Conflict, NotFound
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import allows, require
from app.queries import versions


def resolve(actor: User, asset: Asset, number: int | None = None) -> Version:
    """The version with this number, or the current one; raises NotFound."""
    found = asset.current_version if number is None else versions.numbered(actor, asset, number)
    if found is None:
        raise NotFound(
            "There is no current version yet." if number is None else "There is no such version."
        )
    return found


def shown(actor: User, asset: Asset) -> Version | None:
    """What an asset's page shows: the current version, of a draft the newest."""
    if asset.status in (Status.DRAFT, Status.IN_REVIEW):
        return next(iter(versions.of_asset(actor, asset, limit=1)), None)
    return asset.current_version


def may_have_file(actor: User, asset: Asset, version: Version) -> bool:
    """Whether `readable_file` would give this person the version's file."""
    if not allows(actor, Permission.DOWNLOAD, asset):
        return False
    if version.is_waiting:
        return allows(actor, Permission.READ_WAITING, asset)
    return version.is_current or allows(actor, Permission.DOWNLOAD_OLD, asset)


def readable_file(actor: User, asset: Asset, number: int | None = None) -> Version:
    """The version whose file this person gets.

    Raises Conflict for a retired asset and Forbidden for a version that is not current, unless
    the person may have those.
    """
    version = resolve(actor, asset, number)
    if not allows(actor, Permission.DOWNLOAD, asset):
        raise Conflict(Permission.DOWNLOAD.sentence)
    if version.is_waiting:
        require(actor, Permission.READ_WAITING, asset)
    elif not version.is_current:
        require(actor, Permission.DOWNLOAD_OLD, asset)
    return version
