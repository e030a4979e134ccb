"""The rows behind a figure: each deal that was compared, so that anybody can work it out again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from app import bitmaps
from app.db import session
from app.evidence.bins import NAMES
from app.evidence.comparing import match
from app.evidence.risk_sets import RiskSets, anywhere
from app.inputs.insights import EvidenceListing
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.evidence import EvidenceRow
from app.models.person import User
from app.models.stage import Stage
from app.queries import deals, stages
from app.queries.evidence import snapshots
from app.queries.evidence.loading import Ground, ground
from app.queries.evidence.scope import asked_for

SIZES = {-1: "unknown", 0: "small", 1: "middle", 2: "large"}
INTENSITIES = ("0", "1-2", "3-4", "5+")


class Compared(NamedTuple):
    """A deal in one arm of one stratum; `rep` numbers the owners within this table."""

    stage: str
    stratum: int
    days_in_stage: str
    arm: str
    deal: str
    won: int
    rep: int | None
    segment: str
    size: str
    half_year: str
    other_content: str
    used_at: str


def compared(actor: User, asked: EvidenceListing, asset: Asset) -> Iterator[Compared]:
    """Every deal that an asset's figures rest on, by stage, stratum and arm, as the rows are now.

    A rep reads those of the own team. A deal that the asker may not see has no name. Raises
    Forbidden where a rep asks for another team.
    """
    found = ground(asked_for(actor, asked))
    seen = deals.visible_to(actor).with_only_columns(Deal.id, Deal.external_id)
    names = {row[0]: row[1] for row in session.execute(seen)}
    behind = _Behind(found, RiskSets(found.closed_deals(), found.uses), asset.id, names)
    for stage in stages.in_order():
        yield from behind.rows(stage)


class _Behind:
    """What the rows of one asset are made of; owners are numbered as they come."""

    def __init__(self, found: Ground, sets: RiskSets, asset: int, names: Mapping[int, str]) -> None:
        self._found, self._sets, self._names = found, sets, names
        self._uses = found.uses.get(asset, {})
        self._first = anywhere(self._uses)
        self._owners: dict[int, int] = {}

    def rows(self, stage: Stage) -> Iterator[Compared]:
        """Those of a stage, stratum by stratum; none where it was not used there."""
        if stage.id not in self._uses:
            return
        for number, stratum in enumerate(match(self._sets, stage.id, self._uses).strata, 1):
            for place in sorted(stratum.arms.used):
                yield self._row(stage, number, stratum.bin, place, is_used=True)
            for place in bitmaps.members(stratum.arms.comparable):
                yield self._row(stage, number, stratum.bin, place, is_used=False)

    def _row(
        self, stage: Stage, stratum: int, number: int, place: int, *, is_used: bool
    ) -> Compared:
        deal = self._sets.deals[place]
        own = self._first[deal.number] if is_used else None
        cell = self._sets.cell(self._sets.at(stage.id), place, number, own)
        at = self._uses[stage.id][deal.number].at if is_used else None
        return Compared(
            stage=stage.name,
            stratum=stratum,
            days_in_stage=NAMES[number],
            arm="used" if is_used else "comparable",
            deal=self._names.get(deal.number, ""),
            won=int(deal.is_won),
            rep=self._number(deal.owner),
            segment=self._found.deals[deal.number].segment,
            size=SIZES[cell.size],
            half_year=f"{cell.half // 2}-{cell.half % 2 + 1}",
            other_content=INTENSITIES[cell.intensity],
            used_at="" if at is None else datetime.fromtimestamp(at, UTC).isoformat(),
        )

    def _number(self, owner: int | None) -> int | None:
        return None if owner is None else self._owners.setdefault(owner, len(self._owners) + 1)


class Peer(NamedTuple):
    """Another asset that a lift is set against."""

    asset: Asset
    lift: float
    variance: float


def peers(actor: User, asked: EvidenceListing, asset: Asset) -> Sequence[Peer]:
    """The assets that the one is set against at its own stage; nothing where there are too few."""
    snapshot = snapshots.nearest(asked_for(actor, asked))
    if snapshot is None:
        return []
    chosen = select(EvidenceRow).where(EvidenceRow.snapshot_id == snapshot.id)
    own = session.scalar(chosen.where(EvidenceRow.asset_id == asset.id, EvidenceRow.is_own))
    if own is None or own.peer_lift is None:
        return []
    others = (
        select(Asset, EvidenceRow.lift, EvidenceRow.lift_variance)
        .join(EvidenceRow, EvidenceRow.asset_id == Asset.id)
        .where(
            EvidenceRow.snapshot_id == snapshot.id,
            EvidenceRow.stage_id == own.stage_id,
            EvidenceRow.peer_lift.is_not(None),
            Asset.id != asset.id,
        )
        .order_by(Asset.id)
    )
    if own.is_among_kind:
        others = others.where(Asset.kind == asset.kind)
    return [Peer(one, lift or 0, variance or 0) for one, lift, variance in session.execute(others)]
