"""What the rows that the evidence rests on look like, so that a change of them can be noticed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, extract, func, select

from app.choices import Outcome
from app.db import session
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.feedback import Feedback
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.queries.evidence.scope import Scope


@dataclass(frozen=True, slots=True)
class Settled:
    """What is looked at to know whether only open deals were used on since.

    `mark` changes with anything that the comparison or the revenue rests on, `open_uses` with any
    use of an open deal that has no higher number than `last_use`, the highest that there was.
    """

    mark: str
    open_uses: str
    last_use: int


def mark(scope: Scope) -> str:
    """Changes when anything does that the figures rest on; quick enough to be asked often."""
    whose = scope.whose()
    marks = _joined(
        select(func.count()).select_from(Use),
        select(func.max(Use.id)),
        select(Use.recorded_at).order_by(Use.id.desc()).limit(1),
        select(func.count()).select_from(Deal),
        select(func.max(Deal.updated_at)),
        select(func.sum(extract("epoch", Deal.updated_at))),
        whose.with_only_columns(func.count(Deal.id)),
        whose.with_only_columns(func.sum(Deal.id)),
        select(func.count()).select_from(Asset),
        select(func.max(Asset.updated_at)),
        _current(),
        select(func.count()).select_from(Feedback),
        select(func.sum(User.id * func.coalesce(User.team_id, 0))),
    )
    return marks[:200]


def settled(scope: Scope) -> Settled:
    """Reads every use; some tenths of a second for half a million."""
    cohort = scope.cohort()
    closed = cohort.where(Deal.outcome != Outcome.OPEN)
    used_on = closed.join(Use, Use.deal_id == Deal.id)
    deals = func.count(Deal.id), func.sum(Deal.id)
    updated = func.max(Deal.updated_at), func.sum(extract("epoch", Deal.updated_at))
    found = (
        cohort.with_only_columns(*deals),
        closed.with_only_columns(*deals, *updated),
        used_on.with_only_columns(func.count(Use.id), func.sum(Use.id)),
        _current(),
        select(Asset.kind, func.count(), func.sum(Asset.id)).group_by(Asset.kind),
    )
    seen = " ".join(map(_as_words, found))
    last = session.scalar(select(func.max(Use.id))) or 0
    return Settled(seen[:500], used_until(scope, last), last)


def _as_words(looked_at: Select[Any]) -> str:
    return " ".join(sorted(" ".join(map(str, row)) for row in session.execute(looked_at)))


def used_until(scope: Scope, last: int) -> str:
    """What the uses of open deals look like that have no higher number than this.

    A number is given again only where it was the highest, so that the last one's time tells of it.
    """
    some = _on_open(scope).where(Use.id <= last)
    return _joined(
        some.with_only_columns(func.count(Use.id)),
        some.with_only_columns(func.sum(Use.id)),
        select(Use.recorded_at).where(Use.id == last),
    )[:100]


def as_columns(mark: str, found: Settled) -> dict[str, Any]:
    """What a snapshot keeps of it."""
    return {
        "mark": mark,
        "settled": found.mark,
        "open_uses": found.open_uses,
        "last_use": found.last_use,
    }


def used_since(scope: Scope, last: int) -> list[int]:
    """The asset of each use of an open deal that has a higher number than this."""
    chosen = _on_open(scope).where(Use.id > last).with_only_columns(Use.asset_id)
    return list(session.scalars(chosen))


def _on_open(scope: Scope) -> Select[Deal]:
    is_open = scope.cohort().where(Deal.outcome == Outcome.OPEN)
    return is_open.join(Use, Use.deal_id == Deal.id)


def _current() -> Select[Any]:
    return select(func.sum(Version.id)).where(Version.is_current)


def _joined(*looked_at: Select[Any]) -> str:
    found = session.execute(select(*(one.scalar_subquery() for one in looked_at))).one()
    return " ".join(str(one) for one in found)
