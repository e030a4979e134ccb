"""The rows that the evidence is made of, read in one pass."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from sqlalchemy import case, extract, func, select

from app.choices import GENUINE, Outcome
from app.db import session
from app.evidence.bins import Entry
from app.evidence.risk_sets import NEVER, ClosedDeal, FirstUse
from app.evidence.strata import terciles
from app.models.deal import Deal, StageEntry
from app.models.person import User
from app.models.use import Use
from app.models.version import Version
from app.queries.evidence.scope import EVERYBODY, Scope

BEFORE_ANY_STAGE = 0
NO_TEAM = 0
AT_ONCE = 10_000


@dataclass(slots=True)
class KnownDeal:
    """A deal of the cohort as the comparison needs it; `ended` is NEVER while it is open."""

    number: int
    owner: int | None
    outcome: Outcome
    amount: int | None
    currency: str | None
    segment: str
    ended: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """Whether it was won or lost."""
        return self.outcome is not Outcome.OPEN


@dataclass(slots=True)
class Ground:
    """The cohort with what was genuinely used on it in time: by asset, stage and deal.

    A use before the first stage is at stage 0. `current` are, by asset, the deals that used the
    version which is current now; `closed` are the deals that are won or lost, `won` the won ones.
    """

    deals: dict[int, KnownDeal] = field(default_factory=dict)
    uses: dict[int, dict[int, dict[int, FirstUse]]] = field(default_factory=dict)
    current: dict[int, set[int]] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    won: set[int] = field(default_factory=set)

    def known(self, deal: KnownDeal) -> None:
        """Take a deal in."""
        self.deals[deal.number] = deal
        if deal.is_closed:
            self.closed.add(deal.number)
        if deal.outcome is Outcome.WON:
            self.won.add(deal.number)

    def closed_deals(self) -> Iterator[ClosedDeal]:
        """The deals that are won or lost, each with its segment and its tercile of size."""
        known = [self.deals[number] for number in sorted(self.closed)]
        names = sorted({deal.segment for deal in known} - {""})
        segments = {"": -1} | {name: number for number, name in enumerate(names)}
        amounts: dict[str, list[int]] = {}
        for deal in known:
            if deal.amount is not None and deal.currency is not None:
                amounts.setdefault(deal.currency, []).append(deal.amount)
        cuts = {currency: terciles(found) for currency, found in amounts.items()}
        for deal in known:
            yield ClosedDeal(
                number=deal.number,
                owner=deal.owner,
                is_won=deal.outcome is Outcome.WON,
                segment=segments[deal.segment],
                size=_size(deal, cuts.get(deal.currency or "")),
                entries=tuple(deal.entries),
                ended=deal.ended,
            )


def _size(deal: KnownDeal, cuts: tuple[int, int] | None) -> int:
    if deal.amount is None or cuts is None:
        return -1
    return (deal.amount >= cuts[0]) + (deal.amount >= cuts[1])


def ground(scope: Scope, assets: Collection[int] | None = None) -> Ground:
    """The deals of a scope and what was used on them, of all assets or of some.

    Half a million uses take some seconds and 200 MB.
    """
    found = Ground()
    for deal in _deals(scope):
        found.known(deal)
    _enter(found, scope)
    _use(found, scope, assets)
    return found


def covered(scope: Scope) -> dict[str, list[int]]:
    """By the owner's team, 0 for none: closed deals with a use in time of any sort, and all."""
    in_time = select(Use.id).where(Use.deal_id == Deal.id, Use.occurred_at < Deal.ended_at)
    team = func.coalesce(User.team_id, NO_TEAM)
    chosen = (
        scope.cohort()
        .outerjoin(User, User.id == Deal.owner_id)
        .where(Deal.outcome != Outcome.OPEN)
        .with_only_columns(team, func.sum(case((in_time.exists(), 1), else_=0)), func.count())
        .group_by(team)
    )
    return {str(number): list(counts) for number, *counts in session.execute(chosen)}


def _deals(scope: Scope) -> Iterator[KnownDeal]:
    columns = (
        Deal.id,
        Deal.owner_id,
        Deal.outcome,
        Deal.amount,
        Deal.currency,
        Deal.segment_folded,
        extract("epoch", Deal.ended_at),
    )
    chosen = scope.cohort().with_only_columns(*columns).order_by(Deal.id)
    for number, owner, outcome, amount, currency, segment, ended in session.execute(chosen):
        end = NEVER if ended is None else int(ended)
        yield KnownDeal(number, owner, outcome, amount, currency, segment, end)


def _enter(found: Ground, scope: Scope) -> None:
    """Give each deal the stages it went through, in order of time."""
    cohort = scope.cohort().with_only_columns(Deal.id)
    chosen = (
        select(StageEntry.deal_id, StageEntry.stage_id, extract("epoch", StageEntry.entered_at))
        .where(StageEntry.deal_id.in_(cohort))
        .order_by(StageEntry.deal_id, StageEntry.entered_at, StageEntry.id)
    )
    for deal, stage, entered in session.execute(chosen):
        if deal in found.deals:
            found.deals[deal].entries.append((stage, int(entered)))


def _use(found: Ground, scope: Scope, assets: Collection[int] | None) -> None:
    """Keep the first genuine use of each asset on each deal in each stage, in time."""
    current = set(session.scalars(select(Version.id).where(Version.is_current)))
    chosen = select(
        Use.asset_id,
        Use.stage_id,
        Use.deal_id,
        Use.person_id,
        Use.version_id,
        extract("epoch", Use.occurred_at),
        extract("epoch", Use.recorded_at),
    ).where(Use.how.in_(GENUINE))
    # Most of everybody's uses are wanted: to read all of them in order is quicker than by deal.
    if assets is not None:
        chosen = chosen.where(Use.asset_id.in_(assets))
    elif scope.name != EVERYBODY:
        chosen = chosen.where(Use.deal_id.in_(scope.cohort().with_only_columns(Deal.id)))
    # What is made together lies together in memory, where all that follows finds it sooner. By
    # stage first, or SQLite takes the index of assets and looks each row up.
    chosen = chosen.order_by(Use.stage_id, Use.asset_id)
    # The connection's own rows: half a million through the session take a second more.
    rows = session.connection().execute(chosen.execution_options(yield_per=AT_ONCE))
    ended = {number: deal.ended for number, deal in found.deals.items()}
    for (stage, asset), some in groupby(rows, itemgetter(1, 0)):
        here: dict[int, FirstUse] = {}
        for _, _, number, person, version, occurred, recorded in some:
            at, end = int(occurred), ended.get(number, 0)
            if at >= end:
                continue
            use = FirstUse(at, person, int(recorded) >= end)
            # Of two in the same second the lower person's, so that every database says the same.
            if number not in here or use < here[number]:
                here[number] = use
            if version in current and end != NEVER:
                found.current.setdefault(asset, set()).add(number)
        if here:
            found.uses.setdefault(asset, {})[stage or BEFORE_ANY_STAGE] = here
