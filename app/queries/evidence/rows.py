"""The rows behind a figure: each deal that was compared, so that anybody can work it out again."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.db import session
from app.evidence.bins import NAMES
from app.evidence.comparing import Stratum, match
from app.evidence.deal_sets import places
from app.evidence.risk_sets import RiskSets, anywhere
from app.inputs.insights import EvidenceListing
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.evidence import EvidenceRow
from app.models.person import User
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
    sets = RiskSets(found.closed_deals(), found.uses)
    seen = deals.visible_to(actor).with_only_columns(Deal.id, Deal.external_id)
    names = {row[0]: row[1] for row in session.execute(seen)}
    owners: dict[int, int] = {}
    uses = found.uses.get(asset.id, {})
    for stage in stages.in_order():
        if stage.id not in uses:
            continue
        for number, stratum in enumerate(match(sets, stage.id, uses).strata, 1):
            for row in _of(stratum, number, stage.id, found, sets, asset.id, owners):
                yield row._replace(stage=stage.name, deal=names.get(int(row.deal), ""))


def _of(
    stratum: Stratum,
    number: int,
    stage: int,
    found: Ground,
    sets: RiskSets,
    asset: int,
    owners: dict[int, int],
) -> Iterator[Compared]:
    first = anywhere(found.uses[asset])
    for arm, chosen in (("used", stratum.arms.used), ("comparable", stratum.arms.comparable)):
        for place in places(chosen):
            deal = sets.deals[place]
            own = first.get(deal.number) if arm == "used" else None
            cell = sets.cell(place, stage, stratum.bin, own=own)
            use = found.uses[asset][stage].get(deal.number) if arm == "used" else None
            owner = deal.owner
            yield Compared(
                stage="",
                stratum=number,
                days_in_stage=NAMES[stratum.bin],
                arm=arm,
                deal=str(deal.number),
                won=int(deal.is_won),
                rep=None if owner is None else owners.setdefault(owner, len(owners) + 1),
                segment=found.deals[deal.number].segment,
                size=SIZES[cell.size],
                half_year=f"{cell.half // 2}-{cell.half % 2 + 1}",
                other_content=INTENSITIES[cell.intensity],
                used_at=datetime.fromtimestamp(use.at, UTC).isoformat() if use else "",
            )


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
