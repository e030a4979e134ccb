"""What people looked at and downloaded."""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

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
    return not _has_today(actor, version, Deed.VIEWED)


def has_downloaded_today(actor: User, version: Version) -> bool:
    """Whether a download of this version by the person is noted today."""
    return _has_today(actor, version, Deed.DOWNLOADED)


def viewed(actor: User, version: Version) -> None:
    """Note the first look of a person at a version on a day; later ones change nothing."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(_activity(actor, version, Deed.VIEWED))


def _has_today(actor: User, version: Version, deed: Deed) -> bool:
    noted = select(Activity.id).where(
        Activity.user_id == actor.id,
        Activity.version_id == version.id,
        Activity.day == today(),
        Activity.deed == deed,
    )
    return session.scalar(noted.limit(1)) is not None


def _activity(actor: User, version: Version, deed: Deed) -> Activity:
    return Activity(
        user_id=actor.id,
        asset_id=version.asset_id,
        version_id=version.id,
        deed=deed,
        at=now(),
        day=today(),
    )
