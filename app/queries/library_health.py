"""The state of the library: what is due, unused or said to be wrong, and how it moves by month."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.choices import Kind, Verdict
from app.clock import start_of_day, today
from app.db import session
from app.inputs.insights import Period
from app.models.asset import Asset
from app.models.confirmation import Confirmation
from app.models.feedback import Feedback, FeedbackAsset
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, months, people, tallies
from app.queries.feedback import UNANSWERED
from app.queries.governance import counting
from app.queries.governance.piece import Piece
from app.queries.months import Month

RULES: Mapping[str, Callable[[Piece], bool]] = {
    "overdue": lambda piece: piece.days_over > 0,
    "idle": lambda piece: piece.is_forgotten,
    "orphaned": lambda piece: not piece.owner.is_active,
    "doubled": lambda piece: piece.duplicates > 0,
    "called_wrong": lambda piece: piece.wrong > 0,
}


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

    `measures` are by the names of RULES. `notes` are those that ask for something, by the month in
    which they came, and how many of them wait for an answer. `counted_at` is when uses were
    counted.
    """

    measures: Mapping[str, Share]
    notes: Sequence[Month]
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
    owned = _owned(actor, asked.team)
    known = _published(actor, owned)
    days = months.firsts(*asked.period(today()))
    notes = _notes(owned, asked, days)
    return LibraryHealth(
        measures={name: Share(sum(map(holds, known)), len(known)) for name, holds in RULES.items()},
        notes=notes,
        kinds=[_of_kind(kind, own) for kind in Kind if (own := _only(known, kind))],
        moved=_moved(owned, asked, days),
        counted_at=tallies.counted_at(),
    )


def behind(actor: User, asked: Period, name: str) -> Sequence[Piece]:
    """The pieces that a measure counts, by title; raises as above."""
    known = _published(actor, _owned(actor, asked.team))
    found = [piece for piece in known if RULES[name](piece)]
    return sorted(found, key=lambda piece: (piece.title.casefold(), piece.id))


def _owned(actor: User, team: str | None) -> Select[int]:
    """The ids of the assets that it is about."""
    require(actor, Permission.READ_GOVERNANCE)
    chosen = assets.visible_to(actor).with_only_columns(Asset.id)
    if team is None:
        return chosen
    return chosen.where(Asset.owner.has(User.team_id == people.team_to_read(actor, team).id))


def _published(actor: User, owned: Select[int]) -> Sequence[Piece]:
    ids = set(session.scalars(owned))
    return [piece for piece in counting.pieces(actor) if piece.is_out and piece.id in ids]


def _only(known: Sequence[Piece], kind: Kind) -> Sequence[Piece]:
    return [piece for piece in known if piece.kind is kind]


def _of_kind(kind: Kind, known: Sequence[Piece]) -> OfKind:
    ages = [piece.age for piece in known if piece.age is not None]
    return OfKind(
        kind,
        len(known),
        overdue=sum(map(RULES["overdue"], known)),
        idle=sum(map(RULES["idle"], known)),
        age=median(ages) if ages else None,
        waiting=sum(piece.notes for piece in known),
    )


def _notes(owned: Select[int], asked: Period, days: Sequence[date]) -> Sequence[Month]:
    """Of the notes of each month that ask for something, those without an answer."""
    month = months.of_moment(Feedback.created_at, days)
    waits = func.sum(case((Feedback.state.in_(UNANSWERED), 1), else_=0))
    about = select(FeedbackAsset.feedback_id).where(FeedbackAsset.asset_id.in_(owned))
    chosen = (
        select(month, waits, func.count())
        .where(Feedback.verdict != Verdict.HELPED, Feedback.id.in_(about))
        .where(*_in_period(Feedback.created_at, asked))
        .group_by(month)
    )
    return months.trend(days, [(name, n, of) for name, n, of in session.execute(chosen)])


def _moved(owned: Select[int], asked: Period, days: Sequence[date]) -> Sequence[Moved]:
    versions = select(Version).where(Version.asset_id.in_(owned))
    confirmations = select(Confirmation).where(Confirmation.asset_id.in_(owned))
    pieces = select(Asset).where(Asset.id.in_(owned))
    done: Sequence[tuple[Select[Any], InstrumentedAttribute[Any]]] = (
        (versions.where(Version.number == 1), Version.published_at),
        (versions.where(Version.number > 1), Version.published_at),
        (confirmations, Confirmation.at),
        (pieces, Asset.retired_at),
    )
    counted = [
        _by_month(chosen.where(*_in_period(moment, asked)), moment, days) for chosen, moment in done
    ]
    names = [f"{day:%Y-%m}" for day in days[:-1]]
    return [Moved(name, *(found.get(name, 0) for found in counted)) for name in names]


def _by_month(
    chosen: Select[Any], moment: InstrumentedAttribute[Any], days: Sequence[date]
) -> Mapping[str, int]:
    month = months.of_moment(moment, days)
    rows = chosen.with_only_columns(month, func.count()).group_by(month)
    return {row[0]: row[1] for row in session.execute(rows)}


def _in_period(
    moment: InstrumentedAttribute[Any], asked: Period
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    starts_on, ends_on = asked.period(today())
    return moment >= start_of_day(starts_on), moment < months.after(ends_on)
