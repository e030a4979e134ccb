"""Which pieces were used on which deals, and how those ended: counted, not yet compared.

Only genuine uses count, each (asset, deal, stage) once, and none after the deal's close. How the
deals with a piece differ from deals like them without it is not worked out here, so that no
verdict is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from app.choices import GENUINE, Kind, Outcome, Role, Status
from app.clock import now, today
from app.db import session
from app.errors import Invalid
from app.evidence.wilson import wilson
from app.inputs.insights import EvidenceFilter
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.stage import Stage
from app.models.use import Use
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, deals, people, stages

FEW_USED, FEW_REPS, MATURE = 20, 5, 0.9
CANT_TELL = "cant_tell"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted for a piece, at all stages together or at one of them."""

    uses: int = 0
    deals: int = 0
    reps: int = 0
    closed: int = 0
    wins: int = 0

    @property
    def win_rate(self) -> float | None:
        """Wins among the closed deals that used it; not a comparison."""
        return self.wins / self.closed if self.closed else None

    @property
    def win_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of that share."""
        return wilson(self.wins, self.closed)


@dataclass(frozen=True, slots=True)
class Row:
    """A piece: `counts` are those at `stage`, where most deals used it; `in_all` at any stage."""

    asset: Asset
    stage: str | None
    counts: Counts
    in_all: Counts
    by_stage: Sequence[tuple[str | None, Counts]]
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows, most used first, and the deals that they rest on."""

    computed_at: datetime
    start: date
    end: date
    cohort: int
    closed: int
    tracked: int
    rows: Sequence[Row] = field(default=())

    @property
    def coverage(self) -> float | None:
        """The share of the closed deals on which any use was tracked."""
        return self.tracked / self.closed if self.closed else None


def evidence(actor: User, asked: EvidenceFilter, only: Asset | None = None) -> Evidence:
    """Every published or used piece with its counts, of the deals opened in the period.

    The figures of all deals, for a rep of those of the own team. Raises Forbidden where a rep asks
    for another team.
    """
    start, end = asked.period(today())
    cohort = _cohort(actor, asked.team).where(Deal.opened_on.between(start, end))
    size, closed, tracked = _sizes(cohort)
    is_mature = size > 0 and closed >= MATURE * size
    counted = _counted(cohort, asked.stage, only)
    staged = {stage.id: stage.name for stage in stages.in_order()}
    rows = [
        _row(asset, counted.get(asset.id, {}), staged, is_mature=is_mature)
        for asset in _assets(actor, asked.kind, only, counted)
    ]
    rows.sort(key=lambda row: (-row.in_all.deals, -row.in_all.uses, row.asset.title.casefold()))
    return Evidence(now(), start, end, size, closed, tracked, rows)


def _cohort(actor: User, team: str | None) -> Select[Deal]:
    chosen = deals.visible_to(actor) if actor.role is Role.REP else select(Deal)
    if team is None:
        return chosen
    found = people.team_named(team)
    if found is None:
        raise Invalid({"team": [f"There is no team called {team}."]})
    require(actor, Permission.READ_INSIGHTS, found)
    return chosen.where(Deal.owner_id.in_(select(User.id).where(User.team_id == found.id)))


def _sizes(cohort: Select[Deal]) -> tuple[int, int, int]:
    """How many deals there are, how many are closed, and on how many of those a use was tracked."""
    has_use = select(Use.id).where(Use.deal_id == Deal.id, Use.occurred_at < Deal.ended_at).exists()
    is_closed = Deal.outcome != Outcome.OPEN
    counted = cohort.with_only_columns(
        func.count(Deal.id),
        func.coalesce(func.sum(case((is_closed, 1), else_=0)), 0),
        func.coalesce(func.sum(case((and_(is_closed, has_use), 1), else_=0)), 0),
    )
    size, closed, tracked = session.execute(counted).one()
    return size, closed, tracked


def _counted(
    cohort: Select[Deal], at: Sequence[str], only: Asset | None
) -> dict[int, dict[int | None, Counts]]:
    """Counts by asset and stage id; those of all stages together are under 0."""
    uses = (
        select(*_columns())
        .join(Deal, Deal.id == Use.deal_id)
        .where(
            Use.deal_id.in_(cohort.with_only_columns(Deal.id)),
            Use.how.in_(GENUINE),
            or_(Deal.ended_at.is_(None), Use.occurred_at < Deal.ended_at),
        )
    )
    if only is not None:
        uses = uses.where(Use.asset_id == only.id)
    if at:
        folded = [name.casefold() for name in at]
        uses = uses.where(Use.stage_id.in_(select(Stage.id).where(Stage.folded.in_(folded))))
    found: dict[int, dict[int | None, Counts]] = {}
    by_stage = uses.add_columns(Use.asset_id, Use.stage_id).group_by(Use.asset_id, Use.stage_id)
    for *counts, asset_id, stage_id in session.execute(by_stage):
        found.setdefault(asset_id, {})[stage_id] = Counts(counts[0], *counts)
    for *counts, asset_id in session.execute(uses.add_columns(Use.asset_id).group_by(Use.asset_id)):
        uses_in_all = sum(one.uses for one in found[asset_id].values())
        found[asset_id][0] = Counts(uses_in_all, *counts)
    return found


def _columns() -> tuple[Any, ...]:
    """Deals, reps, closed deals and wins, each counted once."""
    is_closed, is_won = Deal.outcome != Outcome.OPEN, Deal.outcome == Outcome.WON
    return (
        func.count(Use.deal_id.distinct()),
        func.count(Use.person_id.distinct()),
        func.count(case((is_closed, Use.deal_id)).distinct()),
        func.count(case((is_won, Use.deal_id)).distinct()),
    )


def _assets(
    actor: User, kinds: Sequence[Kind], only: Asset | None, used: Mapping[int, object]
) -> Sequence[Asset]:
    if only is not None:
        return [only]
    chosen = assets.visible_to(actor).where(
        or_(Asset.status == Status.PUBLISHED, Asset.id.in_(used.keys()))
    )
    return session.scalars(chosen.where(Asset.kind.in_(kinds)) if kinds else chosen).all()


def _row(
    asset: Asset,
    counted: Mapping[int | None, Counts],
    staged: Mapping[int, str],
    *,
    is_mature: bool,
) -> Row:
    order = {stage_id: place for place, stage_id in enumerate((*staged, None))}
    by_stage = sorted(
        ((stage_id, counts) for stage_id, counts in counted.items() if stage_id != 0),
        key=lambda pair: order[pair[0]],
    )
    most = max(by_stage, key=lambda pair: pair[1].deals, default=(None, Counts()))
    named = [(staged[one] if one else None, counts) for one, counts in by_stage]
    return Row(
        asset=asset,
        stage=staged[most[0]] if most[0] else None,
        counts=most[1],
        in_all=counted.get(0, Counts()),
        by_stage=named,
        reason=_reason(most[1], is_mature=is_mature),
    )


def _reason(counts: Counts, *, is_mature: bool) -> str:
    """Why no verdict can be given: the first that applies at the piece's own stage."""
    if counts.closed < FEW_USED:
        return "few_used"
    if counts.reps < FEW_REPS:
        return "few_reps"
    # None is comparable, since nothing is compared yet.
    return "few_comparable" if is_mature else "immature"
