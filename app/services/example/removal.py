"""Taking the example company out: exactly what it brought, and what cannot stand without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update

from app.backends.storage import registry
from app.db import one_at_a_time, session
from app.errors import NotFound
from app.models.activity import Activity
from app.models.asset import Asset
from app.models.confirmation import Confirmation
from app.models.deal import Deal
from app.models.example import ExampleCompany, ExampleRow
from app.models.feedback import Feedback, FeedbackAsset
from app.models.field_review import FieldReview, ReviewComment, Reviewer
from app.models.page_image import PageImage
from app.models.person import SignedIn, Team, Token, User
from app.models.recall import Recall, RecallHolder
from app.models.search_log import SearchQuery
from app.models.use import Use
from app.models.version import Version
from app.services import audit, indexing, people
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
    with_it = _remove_uses(assets, deals, persons) + _remove_notes(assets, deals, persons)
    session.execute(delete(SearchQuery).where(SearchQuery.person_id.in_(persons)))
    session.execute(delete(Deal).where(Deal.id.in_(deals)))
    theirs = select(func.count()).where(
        Version.asset_id.in_(assets), Version.created_by_id.not_in(persons)
    )
    with_it += session.scalar(theirs) or 0
    hashes = _remove_assets(assets)
    kept = _remove_people(persons, ids_of("team"))
    audit.record(None, "example.removed", wanted, {"assets": len(assets), "deals": len(deals)})
    session.execute(delete(ExampleRow))
    session.execute(delete(ExampleCompany))
    return Removed(len(assets), len(deals), with_it, kept, hashes)


def remove_files(hashes: Sequence[str]) -> int:
    """Remove those bytes that no version has; answers how many files went."""
    kept = (Version.sha256, PageImage.full, PageImage.thumbnail)
    used = {
        one for column in kept for one in session.scalars(select(column).where(column.in_(hashes)))
    }
    gone = sorted(set(hashes) - used)
    registry.current().remove(gone)
    return len(gone)


def _remove_uses(assets: Sequence[int], deals: Sequence[int], persons: Sequence[int]) -> int:
    """Remove the uses of its pieces or on its deals; answers how many were other people's."""
    about = or_(Use.asset_id.in_(assets), Use.deal_id.in_(deals))
    theirs = select(func.count()).where(about, Use.person_id.not_in(persons))
    count = session.scalar(theirs) or 0
    session.execute(delete(Use).where(about))
    return count


def _remove_notes(assets: Sequence[int], deals: Sequence[int], persons: Sequence[int]) -> int:
    """Remove notes that are about its pieces alone; answers how many were other people's.

    A note that is about other pieces too, or that only named one of its deals, stays without.
    """
    own = FeedbackAsset.asset_id.in_(assets)
    touched = select(FeedbackAsset.feedback_id).where(own)
    others = select(FeedbackAsset.feedback_id).where(~own)
    fixing = select(Version.id).where(Version.asset_id.in_(assets))
    gone = or_(
        Feedback.id.in_(touched) & Feedback.id.not_in(others),
        Feedback.fixed_version_id.in_(fixing),
        Feedback.id.in_(ids_of("feedback")),
    )
    theirs = select(func.count()).where(gone, Feedback.person_id.not_in(persons))
    count = session.scalar(theirs) or 0
    session.execute(delete(Feedback).where(gone))
    session.execute(delete(FeedbackAsset).where(own))
    session.execute(update(Feedback).where(Feedback.deal_id.in_(deals)).values(deal_id=None))
    return count


def _remove_assets(ids: Sequence[int]) -> Sequence[str]:
    """Remove assets with their versions, and tell the index; answers the hashes of their files."""
    of_asset = Version.asset_id.in_(ids)
    found = session.scalars(select(Version.sha256).where(of_asset, Version.sha256.is_not(None)))
    hashes = [sha256 for sha256 in found if sha256]
    drawn = select(PageImage).join(Version, Version.id == PageImage.version_id).where(of_asset)
    for image in session.scalars(drawn):
        hashes += [image.full, image.thumbnail]
    session.execute(delete(Activity).where(Activity.asset_id.in_(ids)))
    pointing = Asset.replaced_by_id.in_(ids)
    session.execute(update(Asset).where(pointing).values(replaced_by_id=None))
    session.execute(delete(Version).where(of_asset))
    session.execute(delete(Asset).where(Asset.id.in_(ids)))
    indexing.gone(ids)
    return hashes


def _remove_people(persons: Sequence[int], teams: Sequence[int]) -> Sequence[str]:
    """Remove people and teams that nobody needs; answers the names of those that stay."""
    needed = _needed(persons)
    gone = [person_id for person_id in persons if person_id not in needed]
    for table in (SignedIn, Activity, Token):
        session.execute(delete(table).where(table.user_id.in_(gone)))
    session.execute(delete(User).where(User.id.in_(gone)))
    staying = session.scalars(select(User).where(User.id.in_(needed)).order_by(User.name)).all()
    for person in staying:
        people.retire_account(person)
    lived_in = select(User.team_id).where(User.team_id.is_not(None))
    session.execute(delete(Team).where(Team.id.in_(teams), Team.id.not_in(lived_in)))
    return [person.name for person in staying]


def _needed(persons: Sequence[int]) -> set[int]:
    """Those on whom rows of the company's own stand: pieces, versions, deals, uses, notes."""
    columns = (
        Asset.owner_id,
        Version.created_by_id,
        Deal.owner_id,
        Use.person_id,
        Feedback.person_id,
        Feedback.answered_by_id,
        Confirmation.person_id,
        Recall.created_by_id,
        RecallHolder.done_by_id,
        FieldReview.asked_by_id,
        Reviewer.person_id,
        ReviewComment.person_id,
    )
    found = (session.scalars(select(column).where(column.in_(persons))) for column in columns)
    return {person_id for ids in found for person_id in ids if person_id is not None}
