"""The scoreboard: the four numbers of a survey of sales and marketing, for this company.

Searches that fail; uses of a version that was not current; closed deals on which no use was
tracked; closed deals with no note from the field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.choices import Outcome
from app.db import session
from app.inputs.insights import Period
from app.models.deal import Deal
from app.models.evidence import EvidenceSnapshot
from app.models.feedback import Feedback
from app.models.person import User
from app.models.search_log import SearchQuery
from app.models.use import Use
from app.models.version import Version
from app.queries import months, people
from app.queries.evidence import snapshots
from app.queries.evidence.scope import Scope, asked_for
from app.queries.months import Month

# Socratic Technologies (2007): a survey of what people say, and so not the same measure.
SURVEY: Mapping[str, float] = {
    "failed_searches": 0.43,
    "outdated_uses": 0.51,
    "untracked_deals": 0.57,
    "silent_deals": 0.58,
}
ROWS = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """How many of how many, by month too; `survey` is what a survey found, not the same measure."""

    name: str
    n: int
    of: int
    survey: float
    trend: Sequence[Month]

    @property
    def rate(self) -> float | None:
        """The share; none where there is nothing."""
        return self.n / self.of if self.of else None

    @property
    def change(self) -> float | None:
        """This month's share less that of the month before; none where either has nothing."""
        rates = [month.rate for month in self.trend[-2:]]
        if len(rates) < 2 or rates[0] is None or rates[1] is None:
            return None
        return rates[1] - rates[0]


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The four measures, and the snapshot that three of them come from."""

    snapshot: EvidenceSnapshot
    measures: Mapping[str, Measure]


def scoreboard(actor: User, asked: Period) -> Scoreboard | None:
    """The four measures of a period; none while nothing has been worked out.

    Raises Forbidden where a rep asks for another team, Invalid where there is no such team.
    """
    scope = asked_for(actor, asked)
    snapshot = snapshots.nearest(scope)
    if snapshot is None:
        return None
    kept = {name: _measure(name, one) for name, one in snapshot.scoreboard.items()}
    return Scoreboard(snapshot, {"failed_searches": _searches(actor, asked, scope), **kept})


def _measure(name: str, kept: Mapping[str, Any]) -> Measure:
    trend = [Month(*one) for one in kept["trend"]]
    return Measure(name, kept["n"], kept["of"], SURVEY[name], trend)


def _searches(actor: User, asked: Period, scope: Scope) -> Measure:
    days = months.firsts(scope.starts_on, scope.ends_on)
    month = months.of_moment(SearchQuery.at, days)
    counted = (
        select(month, _times(SearchQuery.is_failed), func.count())
        .where(
            *months.within(SearchQuery.at, scope.starts_on, scope.ends_on),
            SearchQuery.person_id.in_(people.to_read_of(actor, asked.team)),
        )
        .group_by(month)
    )
    return _measure("failed_searches", _summed(days, counted))


def _times(condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _summed(days: Sequence[Any], counted: Select[Any, int, int]) -> dict[str, Any]:
    """All of it and by month, as a snapshot keeps it."""
    rows = [(month, n, of) for month, n, of in session.execute(counted)]
    return {
        "n": sum(n for _, n, _ in rows),
        "of": sum(of for _, _, of in rows),
        "trend": [list(one) for one in months.trend(days, rows)],
    }


def counted(scope: Scope) -> dict[str, Any]:
    """The three measures that are too slow for a page, as a snapshot keeps them."""
    days = months.firsts(scope.starts_on, scope.ends_on)
    used = months.of_moment(Use.occurred_at, days)
    superseded = _superseded()
    outdated = (Use.version_id == superseded.c.id) & (Use.occurred_at >= superseded.c.at)
    is_outdated = superseded.c.id.is_not(None)
    uses = (
        select(used, _times(is_outdated), func.count())
        .select_from(Use)
        .outerjoin(superseded, outdated)
        .where(*scope.uses())
        .group_by(used)
    )
    closed = months.of_day(Deal.closed_on, days)
    deals = _closed(scope).with_only_columns(closed).group_by(closed)
    untracked = deals.add_columns(_times(~_is_tracked()), func.count())
    silent = deals.add_columns(_times(~_is_noted()), func.count())
    found = {"outdated_uses": uses, "untracked_deals": untracked, "silent_deals": silent}
    return {name: _summed(days, chosen) for name, chosen in found.items()}


def _superseded() -> Subquery:
    """Versions that are not current any more, or were not for a time, and since when."""
    later = aliased(Version)
    return (
        select(Version.id, func.min(later.published_at).label("at"))
        .join(
            later,
            (later.asset_id == Version.asset_id) & (later.published_at > Version.published_at),
        )
        .group_by(Version.id)
        .subquery()
    )


def _closed(scope: Scope) -> Select[Deal]:
    return scope.whose().where(
        Deal.outcome != Outcome.OPEN, Deal.closed_on.between(scope.starts_on, scope.ends_on)
    )


def _is_tracked() -> ColumnElement[bool]:
    return select(Use.id).where(Use.deal_id == Deal.id, Use.occurred_at < Deal.ended_at).exists()


def _is_noted() -> ColumnElement[bool]:
    return select(Feedback.id).where(Feedback.deal_id == Deal.id).exists()


def outdated_uses(actor: User, asked: Period) -> Sequence[Use]:
    """The last uses of versions that were not current, at most 200."""
    superseded = _superseded()
    chosen = (
        select(Use)
        .join(
            superseded,
            (Use.version_id == superseded.c.id) & (Use.occurred_at >= superseded.c.at),
        )
        .where(*asked_for(actor, asked).uses())
        .order_by(Use.occurred_at.desc(), Use.id.desc())
    )
    return session.scalars(chosen.limit(ROWS)).all()


def closed_deals(actor: User, asked: Period, name: str) -> Sequence[Deal]:
    """The deals closed last without a tracked use, or without a note; at most 200."""
    lacks = ~_is_tracked() if name == "untracked_deals" else ~_is_noted()
    chosen = _closed(asked_for(actor, asked)).where(lacks)
    return session.scalars(chosen.order_by(Deal.closed_on.desc(), Deal.id.desc()).limit(ROWS)).all()
