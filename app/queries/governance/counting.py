"""Every piece with its figures, in a fixed number of statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.choices import FeedbackState, Status, Verdict
from app.clock import local, now, today
from app.db import session
from app.models.asset import Asset
from app.models.feedback import Feedback, FeedbackAsset
from app.models.likeness import NearDuplicate
from app.models.person import User
from app.models.tally import AssetTally
from app.models.version import Version
from app.queries import assets
from app.queries.cards import PersonCard
from app.queries.evidence import reading
from app.queries.feedback import UNANSWERED
from app.queries.governance.piece import Piece

REMEMBERED = timedelta(days=365)
SAYS_WRONG = (Verdict.WRONG, Verdict.OUT_OF_DATE)
UNHELPFUL = (Verdict.DID_NOT_HELP, *SAYS_WRONG)
COLUMNS = (
    Asset.id,
    Asset.slug,
    Asset.title,
    Asset.kind,
    Asset.status,
    Asset.owner_id,
    Asset.review_by,
    Version.number,
    Version.published_at,
    AssetTally.views,
    AssetTally.uses,
    AssetTally.open_deals,
)


class Said(NamedTuple):
    """How many notes about a piece say what."""

    notes: int = 0
    wrong: int = 0
    helped: int = 0
    unhelpful: int = 0


NOTHING = Said()


def pieces(actor: User) -> Sequence[Piece]:
    """Every piece that the asker may see, also retired ones, in no order."""
    chosen = (
        assets.visible_to(actor)
        .outerjoin(Version, and_(Version.asset_id == Asset.id, Version.is_current))
        .outerjoin(AssetTally, AssetTally.asset_id == Asset.id)
        .with_only_columns(*COLUMNS)
    )
    people, said, same, on = owners(actor), _said(), duplicates_of(actor), today()
    hurting = reading.hurting()
    # Plain rows: the session would look after each of them, which takes as long as the rest.
    return [
        _piece(row, people[row[5]], said.get(row[0], NOTHING), same.get(row[0], 0), on)._replace(
            hurts=row[0] in hurting
        )
        for row in session.connection().execute(chosen).all()
    ]


def owners(actor: User) -> Mapping[int, PersonCard]:
    """Whose pieces they are, by the person's id."""
    ids = assets.visible_to(actor).with_only_columns(Asset.owner_id)
    chosen = select(User.id, User.name, User.email, User.is_active).where(User.id.in_(ids))
    return {row.id: PersonCard(*row) for row in session.execute(chosen)}


def duplicates_of(actor: User) -> Mapping[int, int]:
    """How many other pieces in use have the same bytes now, or nearly the same pages, by asset id.

    Those without any are left out.
    """
    same = select(Version.sha256).where(Version.is_current).group_by(Version.sha256)
    chosen = (
        assets.visible_to(actor)
        .join(Version, and_(Version.asset_id == Asset.id, Version.is_current))
        .where(Version.sha256.in_(same.having(func.count() > 1)))
        .with_only_columns(Asset.id, Version.sha256, Asset.status != Status.RETIRED)
    )
    rows = session.execute(chosen).all()
    living = Counter(sha256 for _, sha256, is_living in rows if is_living)
    others = Counter({asset_id: living[sha256] - is_living for asset_id, sha256, is_living in rows})
    others.update(_nearly_the_same())
    return {asset_id: number for asset_id, number in others.items() if number}


def _nearly_the_same() -> Mapping[int, int]:
    """How many published pieces have nearly the same pages and other bytes, by asset id."""
    other = aliased(Version)
    counted = (
        select(Version.asset_id, func.count())
        .join(NearDuplicate, NearDuplicate.version_id == Version.id)
        .join(other, other.id == NearDuplicate.other_id)
        .join(Asset, Asset.id == other.asset_id)
        .where(Version.is_current, other.is_current, other.sha256 != Version.sha256)
        .where(Asset.status == Status.PUBLISHED)
        .group_by(Version.asset_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def _said() -> Mapping[int, Said]:
    """What the notes say, by asset id."""
    waits, counts = Feedback.state.in_(UNANSWERED), Feedback.created_at > now() - REMEMBERED
    stands = and_(counts, Feedback.state.not_in((FeedbackState.FIXED, FeedbackState.DECLINED)))
    helped = Feedback.verdict == Verdict.HELPED
    chosen = (
        select(
            FeedbackAsset.asset_id,
            _number(and_(waits, ~helped)),
            _number(and_(waits, Feedback.verdict.in_(SAYS_WRONG))),
            _number(and_(stands, helped)),
            _number(and_(stands, Feedback.verdict.in_(UNHELPFUL))),
        )
        .join(Feedback, Feedback.id == FeedbackAsset.feedback_id)
        .where(or_(waits, counts))
        .group_by(FeedbackAsset.asset_id)
    )
    rows = session.connection().execute(chosen).all()
    return {asset_id: Said(*numbers) for asset_id, *numbers in rows}


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _piece(row: Sequence[Any], owner: PersonCard, said: Said, duplicates: int, on: date) -> Piece:
    """A piece from a row of COLUMNS."""
    asset_id, slug, title, kind, status, _, review_by, number, given_at, *tally = row
    views, uses, open_deals = tally
    is_over = status is Status.PUBLISHED and review_by is not None and review_by < on
    return Piece(
        asset_id,
        slug,
        title,
        kind,
        status,
        owner,
        number,
        max(0, (on - local(given_at).date()).days) if given_at else None,
        review_by,
        (on - review_by).days if is_over else 0,
        views is not None,
        views or 0,
        uses or 0,
        open_deals or 0,
        *said,
        duplicates,
    )
