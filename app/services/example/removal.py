"""Taking the example company out: exactly what it brought, and what cannot stand without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from app.backends.storage import registry
from app.db import one_at_a_time, session
from app.errors import NotFound
from app.models.activity import Activity
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.example import ExampleCompany, ExampleRow
from app.models.feedback import Feedback, FeedbackAsset
from app.models.index_change import IndexChange
from app.models.person import SignedIn, Team, Token, User
from app.models.use import Use
from app.models.version import Version
from app.services import audit, people
from app.services.example.loading import EXAMPLE_LOCK
from app.services.example.rows import company, ids_of


@dataclass(frozen=True, slots=True)
class Removed:
    """What went, what of others went with it, who stays because others need them, and the bytes
    that perhaps nobody needs any more."""

    assets: int
    deals: int
    with_it: int
    kept: Sequence[str]
    hashes: Sequence[str]


def remove() -> Removed:
    """Take it out in one transaction; raises NotFound where it is not here."""
    one_at_a_time(EXAMPLE_LOCK)
    wanted = company()
    if wanted is None:
        raise NotFound("The example company is not here.")
    assets, deals, persons = ids_of("asset"), ids_of("deal"), ids_of("user")
    with_it = _others_hanging_on(assets, deals, persons)
    _remove_notes_and_uses(assets, deals, persons)
    session.execute(delete(Deal).where(Deal.id.in_(deals)))
    hashes = _remove_assets(assets)
    kept = _remove_people(persons, ids_of("team"))
    audit.record(None, "example.removed", wanted, {"assets": len(assets), "deals": len(deals)})
    session.execute(delete(ExampleRow))
    session.execute(delete(ExampleCompany))
    return Removed(len(assets), len(deals), with_it, kept, hashes)


def remove_files(hashes: Sequence[str]) -> int:
    """Remove those bytes that no version has; answers how many files went."""
    used = set(session.scalars(select(Version.sha256).where(Version.sha256.in_(hashes))))
    gone = sorted(set(hashes) - used)
    registry.current().remove(gone)
    return len(gone)


def _about(
    assets: Sequence[int], deals: Sequence[int], persons: Sequence[int]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The uses and the feedback that hang on any of these rows."""
    uses = or_(Use.asset_id.in_(assets), Use.deal_id.in_(deals), Use.person_id.in_(persons))
    versions = select(Version.id).where(Version.asset_id.in_(assets))
    named = select(FeedbackAsset.feedback_id).where(FeedbackAsset.asset_id.in_(assets))
    notes = or_(
        Feedback.id.in_(named),
        Feedback.deal_id.in_(deals),
        Feedback.person_id.in_(persons),
        Feedback.fixed_version_id.in_(versions),
    )
    return uses, notes


def _others_hanging_on(assets: Sequence[int], deals: Sequence[int], persons: Sequence[int]) -> int:
    """How many uses and notes of other people cannot stand without it."""
    uses, notes = _about(assets, deals, persons)
    theirs = select(func.count()).where(uses, Use.person_id.not_in(persons))
    said = select(func.count()).where(notes, Feedback.person_id.not_in(persons))
    return (session.scalar(theirs) or 0) + (session.scalar(said) or 0)


def _remove_notes_and_uses(
    assets: Sequence[int], deals: Sequence[int], persons: Sequence[int]
) -> None:
    uses, notes = _about(assets, deals, persons)
    session.execute(delete(Use).where(uses))
    session.execute(delete(Feedback).where(notes))


def _remove_assets(ids: Sequence[int]) -> Sequence[str]:
    """Remove assets with their versions, and tell the index; answers the hashes of their files."""
    of_asset = Version.asset_id.in_(ids)
    found = session.scalars(select(Version.sha256).where(of_asset, Version.sha256.is_not(None)))
    hashes = [sha256 for sha256 in found if sha256]
    session.execute(delete(Activity).where(Activity.asset_id.in_(ids)))
    pointing = Asset.replaced_by_id.in_(ids)
    session.execute(update(Asset).where(pointing).values(replaced_by_id=None))
    session.execute(delete(Version).where(of_asset))
    session.execute(delete(Asset).where(Asset.id.in_(ids)))
    session.add_all([IndexChange(asset_id=asset_id) for asset_id in ids])
    return hashes


def _remove_people(persons: Sequence[int], teams: Sequence[int]) -> Sequence[str]:
    """Remove people and teams that nobody needs; answers the names of those that stay."""
    needed = _needed(persons)
    gone = [person_id for person_id in persons if person_id not in needed]
    for table in (SignedIn, Activity, Token):
        session.execute(delete(table).where(table.user_id.in_(gone)))
    answered = Feedback.answered_by_id.in_(gone)
    session.execute(update(Feedback).where(answered).values(answered_by_id=None))
    unowned = update(Deal).where(Deal.owner_id.in_(gone)).values(owner_id=None)
    session.execute(unowned)
    session.execute(delete(User).where(User.id.in_(gone)))
    staying = session.scalars(select(User).where(User.id.in_(needed)).order_by(User.name)).all()
    for person in staying:
        people.deactivate(None, person)
    lived_in = select(User.team_id).where(User.team_id.is_not(None))
    session.execute(delete(Team).where(Team.id.in_(teams), Team.id.not_in(lived_in)))
    return [person.name for person in staying]


def _needed(persons: Sequence[int]) -> set[int]:
    """Those who own a piece of the company's own, or made a version of one."""
    owners = select(Asset.owner_id).where(Asset.owner_id.in_(persons))
    makers = select(Version.created_by_id).where(Version.created_by_id.in_(persons))
    return {*session.scalars(owners), *session.scalars(makers)}
