"""Logging what was used on a deal, and taking it back."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.choices import How, Origin
from app.clock import now, start_of_day, today
from app.db import attempt, session
from app.errors import Conflict, Invalid, NotFound
from app.inputs.use import NewUse
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets
from app.services import audit, versions

UNDO_FOR = timedelta(hours=24)
SECOND_CLICK = timedelta(seconds=30)


def log_use(actor: User, deal: Deal, new: NewUse, origin: Origin) -> tuple[Use, bool]:
    """Note that a version was used on a deal; answers the use, and whether it is new.

    The same person, version, way and moment on the same deal is the same use.
    """
    require(actor, Permission.LOG_USE, deal)
    at = now()
    if new.occurred_at and new.occurred_at > at:
        raise Invalid({"occurred_at": ["This is still to come. Log it when it has happened."]})
    moment = new.occurred_at or at
    asset = _asset(actor, new)
    version = _version(actor, asset, new.version, moment)
    if same := _same(actor, deal, version, new, at, origin):
        return same, False
    try:
        with attempt():
            return _noted(actor, deal, version, new.how, moment, origin, new.note), True
    except IntegrityError:
        # Sent twice at once: the other one was first.
        if same := _same(actor, deal, version, new, at, origin):
            return same, False
        raise


def downloaded(actor: User, deal: Deal, version: Version) -> Use:
    """Note a download from a deal, after the file was found to be theirs to have."""
    require(actor, Permission.LOG_USE, deal)
    return _noted(actor, deal, version, How.DOWNLOADED, now(), Origin.DOWNLOAD, "")


def has_downloaded_today(actor: User, deal: Deal, version: Version) -> bool:
    """Whether a download of the version from this deal by the person is noted today."""
    noted = select(Use.id).where(
        Use.deal_id == deal.id,
        Use.version_id == version.id,
        Use.person_id == actor.id,
        Use.origin == Origin.DOWNLOAD,
        Use.occurred_at >= start_of_day(today()),
    )
    return session.scalar(noted.limit(1)) is not None


def undo(actor: User, use: Use) -> None:
    """Take a use back within a day of its being logged."""
    require(actor, Permission.UNDO_USE, use)
    if not can_be_undone(use):
        raise Conflict("A use can be undone for 24 hours. This one has become part of the record.")
    audit.record(
        actor,
        "use.undone",
        use,
        {"deal": use.deal.external_id, "version": use.version_id, "how": use.how.value},
    )
    session.delete(use)


def can_be_undone(use: Use) -> bool:
    """Whether it was logged less than a day ago."""
    return now() - use.recorded_at < UNDO_FOR


def _noted(
    actor: User,
    deal: Deal,
    version: Version,
    how: How,
    moment: datetime,
    origin: Origin,
    note: str,
) -> Use:
    use = Use(
        deal=deal,
        asset=version.asset,
        version=version,
        person=actor,
        how=how,
        stage=deal.stage_at(moment),
        origin=origin,
        occurred_at=moment,
        recorded_at=max(now(), moment),
        note=note,
    )
    session.add(use)
    session.flush()
    audit.record(
        actor,
        "use.logged",
        use,
        {"deal": deal.external_id, "version": version.id, "how": how.value},
    )
    return use


def _asset(actor: User, new: NewUse) -> Asset:
    try:
        return assets.get(actor, new.asset)
    except NotFound as problem:
        raise Invalid({"asset": [problem.detail]}) from None


def _version(actor: User, asset: Asset, number: int | None, moment: datetime) -> Version:
    try:
        version = versions.resolve(actor, asset, number, at=moment)
    except NotFound as problem:
        if number is not None:
            raise Invalid({"version": [problem.detail]}) from None
        raise Conflict("This piece is not published yet, so it cannot have been used.") from None
    if version.is_waiting:
        raise Conflict("This version is not published yet, so it cannot have been used.")
    return version


def _same(
    actor: User, deal: Deal, version: Version, new: NewUse, at: datetime, origin: Origin
) -> Use | None:
    """The use that is there already: of the same moment, or by a second click on its button."""
    same = select(Use).where(
        Use.deal_id == deal.id,
        Use.version_id == version.id,
        Use.person_id == actor.id,
        Use.how == new.how,
    )
    if new.occurred_at is not None:
        return session.scalar(same.where(Use.occurred_at == new.occurred_at))
    if origin is Origin.PAGE:
        return session.scalar(same.where(Use.recorded_at > at - SECOND_CLICK).limit(1))
    return None
