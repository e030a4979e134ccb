"""The evidence as it was worked out last: a list of assets, or all that is known of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, lazyload

from app.choices import Status
from app.db import session
from app.evidence.normal import Interval, interval
from app.evidence.verdict import Verdict
from app.evidence.wilson import wilson
from app.inputs.insights import EvidenceListing
from app.models.asset import Asset
from app.models.evidence import EvidenceAsset, EvidenceRow, EvidenceSnapshot
from app.models.person import User
from app.models.stage import Stage
from app.queries import assets, stages
from app.queries.evidence import snapshots
from app.queries.evidence.covering import Covered, by_team
from app.queries.evidence.scope import asked_for, default
from app.queries.paging import window

# A line of the list shows an asset's own columns alone.
ALONE = (lazyload(Asset.owner), lazyload(Asset.facet_rows))
# Another row of the same asset; to make an alias takes milliseconds.
OTHER = aliased(EvidenceRow)
ORDER = (
    EvidenceRow.shrunk_low.is_(None),
    EvidenceRow.shrunk_low.desc(),
    func.coalesce(EvidenceRow.used, 0).desc(),
    func.coalesce(EvidenceRow.deals, 0).desc(),
    func.lower(Asset.title),
    Asset.id,
)


@dataclass(frozen=True)
class Figures:
    """A row with its intervals, all 95 %, as fractions; `stage` is none before the first."""

    row: EvidenceRow
    stage: Stage | None

    @property
    def win_rate(self) -> float | None:
        """Wins among the closed deals that used it; not a comparison."""
        return self.row.wins / self.row.closed if self.row.closed else None

    @property
    def win_interval(self) -> Interval | None:
        """Wilson's interval of it."""
        return wilson(self.row.wins, self.row.closed)

    @property
    def lift_interval(self) -> Interval | None:
        """Of the matched lift."""
        return _interval(self.row.lift, self.row.lift_variance)

    @property
    def in_time_interval(self) -> Interval | None:
        """Of the matched lift without the uses reported after the close."""
        return _interval(self.row.lift_in_time, self.row.lift_in_time_variance)

    @property
    def peer_interval(self) -> Interval | None:
        """Of the peer lift."""
        return _interval(self.row.peer_lift, self.row.peer_variance)

    @property
    def shrunk_interval(self) -> Interval | None:
        """Of the shrunken peer lift."""
        return _interval(self.row.shrunk, self.row.shrunk_variance)

    @property
    def matched(self) -> float | None:
        """The share of the used deals that have comparable ones."""
        return self.row.matched / self.row.used if self.row.used else None

    @property
    def at_most(self) -> float | None:
        """If it matters, then by less than this: the end of the peer interval farther from 0."""
        return max(map(abs, self.peer_interval)) if self.peer_interval else None


def _interval(estimate: float | None, variance: float | None) -> Interval | None:
    return None if estimate is None or variance is None else interval(estimate, variance)


@dataclass(frozen=True)
class Piece:
    """An asset, what was counted of it in all, its own stage's figures, and those of every stage.

    An asset that was not used on these deals has no figures.
    """

    asset: Asset
    counted: EvidenceAsset | None
    own: Figures | None
    by_stage: Sequence[Figures]


class Changed(NamedTuple):
    """A piece of which another thing is told than before, and the day since when."""

    asset: Asset
    verdict: Verdict
    since: date


@dataclass(frozen=True)
class Evidence:
    """Some of the pieces that were asked for, best shown first, and what they rest on."""

    snapshot: EvidenceSnapshot
    teams: Sequence[Covered]
    pieces: Sequence[Piece]
    total: int
    first: int
    next: str | None

    @cached_property
    def coverage(self) -> float | None:
        """The share of the closed deals on which any use was tracked."""
        return self.snapshot.tracked / self.snapshot.closed if self.snapshot.closed else None


def evidence(actor: User, asked: EvidenceListing) -> Evidence | None:
    """A page of the published or used pieces; none while nothing has been worked out.

    Ordered by the lower end of the shrunken peer lift, then by used deals. A rep reads the figures
    of the own team. Raises Forbidden where a rep asks for another.
    """
    snapshot = snapshots.nearest(asked_for(actor, asked))
    if snapshot is None:
        return None
    pieces = _pieces(actor, snapshot, asked)
    shown = pieces.outerjoin(EvidenceRow, _is_shown(snapshot, asked))
    if asked.verdict:
        pieces = shown = shown.where(EvidenceRow.verdict.in_(asked.verdict))
    # Counted without the rows where these choose nothing.
    total = session.scalar(pieces.with_only_columns(func.count(Asset.id))) or 0
    page = window(asked.cursor, asked.limit, total)
    ordered = shown.add_columns(EvidenceAsset, EvidenceRow).order_by(*ORDER).options(*ALONE)
    found = session.execute(ordered.offset(page.first).limit(asked.limit)).all()
    rows = _by_asset(snapshot, [asset.id for asset, _, _ in found])
    named = {stage.id: stage for stage in stages.in_order()}
    lines = [
        _piece(asset, counted, own, rows.get(asset.id, ()), named) for asset, counted, own in found
    ]
    return Evidence(snapshot, by_team(snapshot), lines, total, page.first, page.next)


def card(actor: User, asked: EvidenceListing, asset: Asset) -> Evidence | None:
    """All that is known of one asset; none while nothing has been worked out."""
    snapshot = snapshots.nearest(asked_for(actor, asked))
    if snapshot is None:
        return None
    rows = _by_asset(snapshot, [asset.id]).get(asset.id, ())
    counted = session.get(EvidenceAsset, (snapshot.id, asset.id))
    named = {stage.id: stage for stage in stages.in_order()}
    own = next((row for row in rows if row.is_own), None)
    piece = _piece(asset, counted, own, rows, named)
    return Evidence(snapshot, by_team(snapshot), [piece], 1, 0, None)


def changed(actor: User, asked: EvidenceListing, since: date, limit: int) -> Sequence[Changed]:
    """The published pieces whose own verdict was seen to change since a day, the last first."""
    snapshot = snapshots.nearest(asked_for(actor, asked))
    if snapshot is None:
        return []
    chosen = (
        assets.visible_to(actor)
        .join(EvidenceRow, EvidenceRow.asset_id == Asset.id)
        .where(Asset.status == Status.PUBLISHED, EvidenceRow.snapshot_id == snapshot.id)
        .where(EvidenceRow.is_own, EvidenceRow.since >= since)
        .add_columns(EvidenceRow.verdict, EvidenceRow.since)
        .order_by(EvidenceRow.since.desc(), Asset.id)
        .options(*ALONE)
    )
    return [Changed(*row) for row in session.execute(chosen.limit(limit))]


def hurting() -> set[int]:
    """The ids of the assets that likely hurt, of everybody's deals of the last 24 months."""
    snapshot = snapshots.nearest(default())
    if snapshot is None:
        return set()
    chosen = select(EvidenceRow.asset_id).where(
        EvidenceRow.snapshot_id == snapshot.id,
        EvidenceRow.is_own,
        EvidenceRow.verdict == Verdict.LIKELY_HURTS,
    )
    return set(session.scalars(chosen))


def _pieces(actor: User, snapshot: EvidenceSnapshot, asked: EvidenceListing) -> Select[Asset]:
    """The published or used assets of the kinds that were asked for, joined to their counts."""
    of_snapshot = and_(EvidenceAsset.asset_id == Asset.id, EvidenceAsset.snapshot_id == snapshot.id)
    chosen = (
        assets.visible_to(actor)
        .outerjoin(EvidenceAsset, of_snapshot)
        .where(or_(Asset.status == Status.PUBLISHED, EvidenceAsset.asset_id.is_not(None)))
    )
    return chosen.where(Asset.kind.in_(asked.kind)) if asked.kind else chosen


def _is_shown(snapshot: EvidenceSnapshot, asked: EvidenceListing) -> ColumnElement[bool]:
    """The row of each asset that is shown: its own, or the best of the stages asked for.

    By the index of a snapshot's assets; a list of all rows' ids would be gone through for each.
    """
    of_asset = and_(EvidenceRow.snapshot_id == snapshot.id, EvidenceRow.asset_id == Asset.id)
    if not asked.stage:
        return and_(of_asset, EvidenceRow.is_own)
    folded = [name.casefold() for name in asked.stage]
    best = (
        select(OTHER.id)
        .join(Stage, Stage.id == OTHER.stage_id)
        .where(OTHER.snapshot_id == snapshot.id, OTHER.asset_id == Asset.id)
        .where(Stage.folded.in_(folded))
        .order_by(OTHER.used.desc(), OTHER.deals.desc(), OTHER.id)
        .limit(1)
        .correlate(Asset)
    )
    return and_(of_asset, EvidenceRow.id == best.scalar_subquery())


def _by_asset(
    snapshot: EvidenceSnapshot, numbers: Sequence[int]
) -> Mapping[int, Sequence[EvidenceRow]]:
    """All rows of these assets."""
    chosen = select(EvidenceRow).where(
        EvidenceRow.snapshot_id == snapshot.id, EvidenceRow.asset_id.in_(numbers)
    )
    found: dict[int, list[EvidenceRow]] = {}
    for row in session.scalars(chosen):
        found.setdefault(row.asset_id, []).append(row)
    return found


def _piece(
    asset: Asset,
    counted: EvidenceAsset | None,
    own: EvidenceRow | None,
    rows: Sequence[EvidenceRow],
    named: Mapping[int, Stage],
) -> Piece:
    def staged(row: EvidenceRow) -> Figures:
        return Figures(row, named[row.stage_id] if row.stage_id else None)

    order = {number: stage.position for number, stage in named.items()}
    ordered = sorted(rows, key=lambda row: order.get(row.stage_id or 0, 10_000))
    return Piece(asset, counted, staged(own) if own else None, [staged(row) for row in ordered])
