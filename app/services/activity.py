"""What people looked at and downloaded."""

from sqlalchemy import select

from app.choices import Deed
from app.clock import now, today
from app.db import session
from app.models.activity import Activity
from app.models.person import User
from app.models.version import Version
from app.services import audit


def downloaded(actor: User, version: Version) -> None:
    """Note a download, also in the audit log."""
    session.add(_activity(actor, version, Deed.DOWNLOADED))
    audit.record(
        actor, "version.downloaded", version, {"asset": version.asset_id, "number": version.number}
    )


def is_first_look(actor: User, version: Version) -> bool:
    """Whether the person has not looked at this version today."""
    seen = select(Activity.id).where(
        Activity.user_id == actor.id,
        Activity.version_id == version.id,
        Activity.day == today(),
        Activity.deed == Deed.VIEWED,
    )
    return session.scalar(seen) is None


def viewed(actor: User, version: Version) -> None:
    """Note the first look of a person at a version on a day; later ones change nothing."""
    if is_first_look(actor, version):
        session.add(_activity(actor, version, Deed.VIEWED))


def _activity(actor: User, version: Version, deed: Deed) -> Activity:
    return Activity(
        user_id=actor.id,
        asset_id=version.asset_id,
        version_id=version.id,
        deed=deed,
        at=now(),
        day=today(),
    )
