"""Every piece with its figures, in a fixed number of statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    extract,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.choices import Kind, Status, Verdict
from app.clock import day_of, now, today
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
from app.queries.feedback import UNANSWERED, visible
from app.queries.governance.piece import Piece

REMEMBERED = timedelta(days=365)
SAYS_WRONG = (Verdict.WRONG, Verdict.OUT_OF_DATE)
UNHELPFUL = (Verdict.DID_NOT_HELP, *SAYS_WRONG)
SAID = ("notes", "wrong", "helped", "unhelpful")
OUT = Status.PUBLISHED
KINDS, STATUSES = {kind.value: kind for kind in Kind}, {status.value: status for status in Status}
GIVEN = extract("epoch", Version.published_at)
# As they are stored, and of the moment its seconds: to make values of all takes longer than to read
# them.
COLUMNS = (
    Asset.id,
    Asset.slug,
    Asset.title,
    type_coerce(Asset.kind, String),
    type_coerce(Asset.status, String),
    Asset.owner_id,
    Asset.review_by,
    Version.number,
    GIVEN,
    AssetTally.views,
    AssetTally.uses,
    AssetTally.open_deals,
)


def pieces(actor: User, among: Select[int] | None = None) -> Sequence[Piece]:
    """Every piece that the asker may see, also retired ones, or those among these ids; by id."""
    people, same, hurting, on = owners(actor), duplicates_of(actor), reading.hurting(), today()
    # Without a call for each: thousands of them are made for a page.
    return [
        Piece(
            asset_id,
            slug,
            title,
            KINDS[kind],
            STATUSES[status],
            people[owner_id],
            number,
            None if given is None else age(given, on),
            review_by,
            (on - review_by).days if review_by and review_by < on and status == OUT else 0,
            views is not None,
            views or 0,
            uses or 0,
            open_deals or 0,
            notes or 0,
            wrong or 0,
            helped or 0,
            unhelpful or 0,
            same.get(asset_id, 0),
            asset_id in hurting,
        )
        for (
            asset_id, slug, title, kind, status, owner_id, review_by, number, given,
            views, uses, open_deals, notes, wrong, helped, unhelpful,
        ) in _rows(actor, among)
    ]  # fmt: skip


def _rows(actor: User, among: Select[int] | None) -> Sequence[Sequence[Any]]:
    """What the tables have of each: COLUMNS and SAID."""
    notes = said(actor)
    chosen = with_figures(assets.visible_to(actor), notes)
    if among is not None:
        chosen = chosen.where(Asset.id.in_(among))
    columns = (*COLUMNS, *(notes.c[name] for name in SAID))
    # Plain rows: the session would look after each of them, which takes as long as the rest.
    return session.connection().execute(chosen.with_only_columns(*columns).order_by(Asset.id)).all()


def with_figures(chosen: Select[Asset], notes: Subquery) -> Select[Asset]:
    """The same joined to their current versions, their tallies and what is said of them."""
    return (
        chosen.outerjoin(Version, and_(Version.asset_id == Asset.id, Version.is_current))
        .outerjoin(AssetTally, AssetTally.asset_id == Asset.id)
        .outerjoin(notes, notes.c.asset_id == Asset.id)
    )


def age(given: float, on: date) -> int:
    """The age in days of a version that was given to reps then, in seconds since 1970."""
    return max(0, (on - day_of(int(given))).days)


def owners(actor: User) -> Mapping[int, PersonCard]:
    """Whose pieces they are, by the person's id."""
    ids = assets.visible_to(actor).with_only_columns(Asset.owner_id)
    chosen = select(User.id, User.name, User.email, User.is_active).where(User.id.in_(ids))
    return {row.id: PersonCard(*row) for row in session.execute(chosen)}


def duplicates_of(actor: User) -> Mapping[int, int]:
    """How many other pieces in use have the same bytes now, or nearly the same pages, by asset id.

    Those without any are left out.
    """
    # Of all versions, since the index has these alone; which are current is said once more below.
    same = select(Version.sha256).group_by(Version.sha256)
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
    # With a status that no index serves SQLite begins with the few that are nearly the same.
    counted = (
        select(Version.asset_id, func.count())
        .join(NearDuplicate, NearDuplicate.version_id == Version.id)
        .join(other, other.id == NearDuplicate.other_id)
        .join(Asset, Asset.id == other.asset_id)
        .where(Version.is_current, other.is_current, other.sha256 != Version.sha256)
        .where(Asset.status.concat("") == Status.PUBLISHED)
        .group_by(Version.asset_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def said(actor: User) -> Subquery:
    """How many notes say what, by asset; those that were fixed or declined count no more.

    Only notes that the asker may read, so that each figure leads to as many.
    """
    is_of_late = Feedback.created_at > now() - REMEMBERED
    helped = Feedback.verdict == Verdict.HELPED
    counts = (
        ~helped,
        Feedback.verdict.in_(SAYS_WRONG),
        and_(is_of_late, helped),
        and_(is_of_late, Feedback.verdict.in_(UNHELPFUL)),
    )
    numbers = (_number(count).label(name) for name, count in zip(SAID, counts, strict=True))
    return (
        visible(actor)
        .join(FeedbackAsset, FeedbackAsset.feedback_id == Feedback.id)
        .with_only_columns(FeedbackAsset.asset_id, *numbers)
        .where(Feedback.state.in_(UNANSWERED))
        .group_by(FeedbackAsset.asset_id)
        .subquery()
    )


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
