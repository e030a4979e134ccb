"""Who holds which version of an asset, and why: what a recall is made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.choices import Deed, Holding, How, Outcome
from app.db import session
from app.models.activity import Activity
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.queries import people


@dataclass(frozen=True, slots=True)
class Held:
    """A person who may come in, the version they hold, why, since when, on which deal."""

    person: User
    version_id: int
    why: Holding
    at: datetime
    deal: Deal | None


def of(asset: Asset, version: Version | None = None) -> list[Held]:
    """Who downloaded or shared a version, or has it on an open deal; without one, any version.

    A deal is its owner's; where that person has left, whoever leads their team has it.
    """
    given = Version.asset_id == asset.id if version is None else Version.id == version.id
    ids = session.scalars(select(Version.id).where(given, Version.published_at.is_not(None))).all()
    return [*_downloaded(ids), *_shared(ids), *_on_open_deals(ids)]


def count(actor: User, asset: Asset, version: Version | None = None) -> int:
    """How many others would be told if the version were superseded, or the asset retired."""
    return len({held.person.id for held in of(asset, version)} - {actor.id})


def _downloaded(ids: Sequence[int]) -> Iterator[Held]:
    """From the hub, or as the CRM has told it."""
    here = select(Activity.user_id.label("person_id"), Activity.version_id, Activity.at).where(
        Activity.version_id.in_(ids), Activity.deed == Deed.DOWNLOADED
    )
    told = select(Use.person_id, Use.version_id, Use.occurred_at.label("at")).where(
        Use.version_id.in_(ids), Use.how == How.DOWNLOADED
    )
    every = here.union_all(told).subquery()
    by = (every.c.person_id, every.c.version_id)
    last = select(*by, func.max(every.c.at).label("at")).group_by(*by).subquery()
    chosen = select(User, last.c.version_id, last.c.at).join(last, last.c.person_id == User.id)
    for person, version_id, at in session.execute(chosen.where(User.is_active).order_by(User.id)):
        yield Held(person, version_id, Holding.DOWNLOADED, at, None)


def _shared(ids: Sequence[int]) -> Iterator[Held]:
    by = (Use.person_id, Use.deal_id, Use.version_id)
    last = (
        select(*by, func.max(Use.occurred_at).label("at"))
        .where(Use.version_id.in_(ids), Use.how.in_((How.SHARED, How.ATTACHED)))
        .group_by(*by)
        .subquery()
    )
    chosen = (
        select(User, Deal, last.c.version_id, last.c.at)
        .join(last, last.c.person_id == User.id)
        .join(Deal, Deal.id == last.c.deal_id)
    )
    rows = session.execute(chosen.where(User.is_active).order_by(User.id, Deal.id))
    for person, deal, version_id, at in rows:
        yield Held(person, version_id, Holding.SHARED, at, deal)


def _on_open_deals(ids: Sequence[int]) -> Iterator[Held]:
    last = (
        select(Use.deal_id, Use.version_id, func.max(Use.occurred_at).label("at"))
        .where(Use.version_id.in_(ids))
        .group_by(Use.deal_id, Use.version_id)
        .subquery()
    )
    chosen = select(Deal, last.c.version_id, last.c.at).join(last, last.c.deal_id == Deal.id)
    rows = session.execute(chosen.where(Deal.outcome == Outcome.OPEN).order_by(Deal.id)).all()
    owners = {deal.owner for deal, _, _ in rows if deal.owner}
    heirs = {owner: _answerable(owner) for owner in owners}
    for deal, version_id, at in rows:
        person = heirs.get(deal.owner)
        if person is not None:
            yield Held(person, version_id, Holding.OPEN_DEAL, at, deal)


def _answerable(owner: User) -> User | None:
    """The owner of a deal, or whoever leads the team of one who has left."""
    return owner if owner.is_active else next(iter(people.leaders_of(owner)), None)
