"""Taking in files from a folder of the machine, at the command line's word."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from app.backends.storage import registry
from app.backends.storage.base import StoreFailed
from app.choices import Role, TextState
from app.clock import now
from app.db import one_at_a_time, session
from app.inputs.asset import NewAsset
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Version
from app.queries import people
from app.queries.versions import holding
from app.services import assets, audit, storage
from app.services.storage import NewFile

NOBODY = "unassigned@quarterdeck.invalid"
PIECE = 1 << 20


def staged(path: Path) -> NewFile:
    """Copy a file into the staging area; raises Invalid for an empty one."""
    staging = registry.current().stage()
    try:
        with path.open("rb") as source:
            while piece := source.read(PIECE):
                staging.write(piece)
        return storage.received(staging, path.name)
    except StoreFailed as problem:
        staging.discard()
        raise storage.refusal(problem) from None
    except BaseException:
        staging.discard()
        raise


def take_in(person: User, file: NewFile, new: NewAsset) -> tuple[Asset, bool]:
    """Make an asset of a file, unless its bytes are here already; answers whether it is new."""
    one_at_a_time(assets.NEW_LOCK)
    same = session.scalar(holding(file.stored.sha256).order_by(Asset.id).limit(1))
    if same is not None:
        return same, False
    return assets.take_in(person, new, file), True


def importer() -> User:
    """In whose name an import is done: the first publisher, else a person who is nobody yet."""
    found = people.first_publisher() or people.by_email(NOBODY)
    if found is None:
        found = User(
            email=NOBODY,
            name="Unassigned",
            role=Role.MARKETER,
            password_hash="",
            is_active=False,
            created_at=now(),
        )
        session.add(found)
        session.flush()
        audit.record(None, "person.added", found, {"email": NOBODY, "role": "marketer"})
    return found


def still_unread(version_ids: Sequence[int]) -> int:
    """How many of these versions nobody has read yet."""
    unread = select(func.count()).where(
        Version.id.in_(version_ids), Version.text_state == TextState.PENDING
    )
    return session.scalar(unread) or 0


def unreadable(version_ids: Sequence[int]) -> Sequence[Version]:
    """Those of which no text could be read, with the reason."""
    failed = select(Version).where(
        Version.id.in_(version_ids), Version.text_state == TextState.FAILED
    )
    return session.scalars(failed.order_by(Version.id)).all()
