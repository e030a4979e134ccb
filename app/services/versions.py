"""The one place that decides which version an action uses, and who gets its file."""

from datetime import datetime

from app.choices import Status
from app.errors import Conflict, Forbidden, NotFound
from app.inputs.comparing import Comparison
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import allows
from app.queries import uses, versions


def resolve(
    actor: User, asset: Asset, number: int | None = None, at: datetime | None = None
) -> Version:
    """The version with this number, or the current one; raises NotFound.

    With a moment it is the one that was current then, or now where none was yet.
    """
    if number is not None:
        found = versions.numbered(actor, asset, number)
    else:
        found = (versions.current_at(asset, at) if at else None) or asset.current_version
    if found is None:
        raise NotFound(
            "There is no current version yet." if number is None else "There is no such version."
        )
    return found


def compared(actor: User, asset: Asset, asked: Comparison) -> tuple[Version, Version]:
    """The two versions to compare: those named, else the shown one and the one before it.

    Raises NotFound where there is no such version, or none before.
    """
    new = resolve(actor, asset, asked.to) if asked.to else shown(actor, asset)
    if new is None:
        raise NotFound("There is no version to compare.")
    if asked.old:
        return resolve(actor, asset, asked.old), new
    before = versions.before(actor, asset, new)
    if before is None:
        raise NotFound(f"There is no version before {new.number} to compare it with.")
    return before, new


def shown(actor: User, asset: Asset) -> Version | None:
    """What an asset's page shows: the current version, of a draft the newest."""
    if asset.status in (Status.DRAFT, Status.IN_REVIEW):
        return versions.newest(actor, asset)
    return asset.current_version


def may_have_file(actor: User, asset: Asset, version: Version, deal: Deal | None = None) -> bool:
    """Whether `readable_file` would give this person the version's file."""
    return _missing_leave(actor, asset, version, deal) is None


def readable_file(
    actor: User, asset: Asset, number: int | None = None, deal: Deal | None = None
) -> Version:
    """The version whose file this person gets, for a deal of theirs where one is named.

    Raises Conflict for a retired asset and Forbidden for a version that is not current, unless
    the person may have those, or the deal holds that version.
    """
    version = resolve(actor, asset, number)
    missing = _missing_leave(actor, asset, version, deal)
    if missing is Permission.DOWNLOAD:
        raise Conflict(missing.sentence)
    if missing is not None:
        raise Forbidden(missing.sentence)
    return version


def _missing_leave(
    actor: User, asset: Asset, version: Version, deal: Deal | None
) -> Permission | None:
    """The first permission for the version's file that the person lacks."""
    needed = [Permission.DOWNLOAD]
    if version.is_waiting:
        needed.append(Permission.READ_WAITING)
    elif not version.is_current and not (deal and uses.holds(deal, version)):
        needed.append(Permission.DOWNLOAD_OLD)
    subjects = {Permission.READ_WAITING: version}
    return next((p for p in needed if not allows(actor, p, subjects.get(p, asset))), None)
