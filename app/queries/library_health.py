"""The state of the library: what is due, unused or said to be wrong, and how it moves by month."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.choices import Kind, Status, Verdict
from app.clock import start_of_day, today
from app.db import session
from app.inputs.insights import Period
from app.models.asset import Asset
from app.models.confirmation import Confirmation
from app.models.feedback import Feedback, FeedbackAsset
from app.models.person import User
from app.models.tally import AssetTally
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, feedback, months, people, tallies
from app.queries.feedback import UNANSWERED
from app.queries.governance import counting
from app.queries.governance.piece import ROOM, Piece
from app.queries.months import Month

COUNTED = ("overdue", "idle", "orphaned", "called_wrong")
MEASURES = ("overdue", "idle", "orphaned", "doubled", "called_wrong")


class Share(NamedTuple):
    """So many of so many."""

    n: int
    of: int

    @property
    def rate(self) -> float | None:
        """The share; none where there is nothing."""
        return self.n / self.of if self.of else None


class OfKind(NamedTuple):
    """The published pieces of a kind; `age` is the usual one of their current versions, in days.

    `idle` were neither looked at nor used in 90 days, `waiting` are notes without an answer.
    """

    kind: Kind
    pieces: int
    overdue: int
    idle: int
    age: float | None
    waiting: int


class Moved(NamedTuple):
    """What was done in a month: first versions, later ones, confirmations and retirements."""

    month: str
    published: int
    renewed: int
    confirmed: int
    retired: int


@dataclass(frozen=True, slots=True)
class LibraryHealth:
    """Published pieces as they are now, and what was done in a period, month by month.

    `measures` are by the names of MEASURES. `notes` are those that ask for something, by the month
    in which they came, from `notes_since`, and how many wait for an answer. `counted_at` is when
    uses were counted.
    """

    measures: Mapping[str, Share]
    notes: Sequence[Month]
    notes_since: date
    kinds: Sequence[OfKind]
    moved: Sequence[Moved]
    counted_at: datetime | None

    @property
    def unanswered(self) -> Share:
        """Of all the notes of the period those that wait for an answer."""
        return Share(sum(one.n for one in self.notes), sum(one.of for one in self.notes))


def library_health(actor: User, asked: Period) -> LibraryHealth:
    """Of the pieces that the asker may see and, where a team is named, that its people own.

    Raises Forbidden for reps, Invalid where there is no such team.
    """
    chosen = _owned(actor, asked.team)
    owned = chosen.with_only_columns(Asset.id)
    days = months.firsts(*asked.period(today()))
    kinds, counts = _by_kind(actor, chosen)
    pieces = sum(one.pieces for one in kinds)
    return LibraryHealth(
        measures={name: Share(counts[name], pieces) for name in MEASURES},
        notes=_notes(actor, owned, asked, days),
        notes_since=max(days[0], asked.period(today())[0]),
        kinds=kinds,
        moved=_moved(owned, asked, days),
        counted_at=tallies.counted_at(),
    )


def behind(actor: User, asked: Period, name: str) -> Sequence[Piece]:
    """The pieces that a measure counts, by title; raises as above."""
    chosen, conditions, _ = _published(actor, _owned(actor, asked.team))
    if name in conditions:
        chosen = chosen.where(conditions[name])
    known = counting.pieces(actor, chosen.with_only_columns(Asset.id))
    found = [piece for piece in known if piece.duplicates] if name == "doubled" else known
    return sorted(found, key=lambda piece: (piece.title.casefold(), piece.id))


def _owned(actor: User, team: str | None) -> Select[Asset]:
    """The assets that it is about."""
    require(actor, Permission.READ_GOVERNANCE)
    chosen = assets.visible_to(actor)
    if team is None:
        return chosen
    return chosen.where(Asset.owner.has(User.team_id == people.team_to_read(actor, team).id))


def _published(
    actor: User, chosen: Select[Asset]
) -> tuple[Select[Asset], Mapping[str, ColumnElement[bool]], Subquery]:
    """Those that are published, what measures count, as the board's Piece has it, and the notes."""
    notes, on = counting.said(actor), today()
    had_its_time = start_of_day(on - timedelta(days=ROOM - 1))
    conditions = {
        "overdue": Asset.review_by < on,
        "idle": and_(
            AssetTally.views == 0, AssetTally.uses == 0, Version.published_at < had_its_time
        ),
        "orphaned": User.is_active.is_(False),
        "called_wrong": notes.c.wrong > 0,
    }
    joined = counting.with_figures(chosen, notes).join(User, User.id == Asset.owner_id)
    return joined.where(Asset.status == Status.PUBLISHED), conditions, notes


def _by_kind(actor: User, chosen: Select[Asset]) -> tuple[Sequence[OfKind], Mapping[str, int]]:
    """The kinds of which there are any, and how many pieces each measure counts."""
    of_kind: dict[str, list[Sequence[Any]]] = {}
    for kind, *figures in _figures(actor, chosen):
        of_kind.setdefault(kind, []).append(figures)
    same, on = counting.duplicates_of(actor), today()
    counts, kinds = Counter[str](), []
    for kind in Kind:
        if kind not in of_kind:
            continue
        ids, given, notes, *held = zip(*of_kind[kind], strict=True)
        numbers = dict(zip(COUNTED, map(sum, held), strict=True))
        counts.update(numbers, doubled=sum(one in same for one in ids))
        ages = [counting.age(one, on) for one in given if one is not None]
        usual = median(ages) if ages else None
        kinds.append(OfKind(kind, len(ids), numbers["overdue"], numbers["idle"], usual, sum(notes)))
    return kinds, counts


def _figures(actor: User, chosen: Select[Asset]) -> Sequence[Sequence[Any]]:
    """Of each published piece its kind, id, age in seconds and notes, and what measures hold."""
    published, conditions, notes = _published(actor, chosen)
    columns = (
        type_coerce(Asset.kind, String),
        Asset.id,
        counting.GIVEN,
        func.coalesce(notes.c.notes, 0),
        *(case((conditions[name], 1), else_=0) for name in COUNTED),
    )
    return session.connection().execute(published.with_only_columns(*columns)).all()


def _notes(actor: User, owned: Select[int], asked: Period, days: Sequence[date]) -> Sequence[Month]:
    """Of the notes of each month that ask for something, those without an answer."""
    month = months.of_moment(Feedback.created_at, days)
    waits = func.sum(case((Feedback.state.in_(UNANSWERED), 1), else_=0))
    about = select(FeedbackAsset.feedback_id).where(*_among(FeedbackAsset.asset_id, owned))
    chosen = (
        feedback.visible(actor)
        .with_only_columns(month, waits, func.count())
        .where(Feedback.verdict != Verdict.HELPED, Feedback.id.in_(about))
        .where(*months.within(Feedback.created_at, *asked.period(today())))
        .group_by(month)
    )
    return months.trend(days, [(name, n, of) for name, n, of in session.execute(chosen)])


def _moved(owned: Select[int], asked: Period, days: Sequence[date]) -> Sequence[Moved]:
    of_version = _among(Version.asset_id, owned)
    done: Sequence[tuple[InstrumentedAttribute[Any], Sequence[ColumnElement[bool]]]] = (
        (Version.published_at, (*of_version, Version.number == 1)),
        (Version.published_at, (*of_version, Version.number > 1)),
        (Confirmation.at, _among(Confirmation.asset_id, owned)),
        (Asset.retired_at, _among(Asset.id, owned)),
    )
    moments = union_all(
        *(
            select(literal(number).label("deed"), moment.label("at")).where(
                *chosen, *months.within(moment, *asked.period(today()))
            )
            for number, (moment, chosen) in enumerate(done)
        )
    ).subquery()
    month = months.of_moment(moments.c.at, days)
    rows = select(month, moments.c.deed, func.count()).group_by(month, moments.c.deed)
    found = {(name, deed): n for name, deed, n in session.execute(rows)}
    names = [f"{day:%Y-%m}" for day in days[:-1]]
    return [
        Moved(name, *(found.get((name, deed), 0) for deed in range(len(done)))) for name in names
    ]


def _among(
    asset_id: InstrumentedAttribute[int], owned: Select[int]
) -> Sequence[ColumnElement[bool]]:
    """That it is one of these; nothing for who is asked about all there are."""
    return [] if owned.whereclause is None else [asset_id.in_(owned)]
