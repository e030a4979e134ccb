"""New uses of open deals: they change what is counted, and nothing that is compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import select

from app.db import session
from app.evidence.comparing import compare, match
from app.evidence.risk_sets import RiskSets
from app.evidence.verdict import Judged, Row, judge
from app.models.evidence import EvidenceRow, EvidenceSnapshot
from app.queries import adoption, scoreboard
from app.queries.evidence import counting
from app.queries.evidence.computing import of_asset, of_row
from app.queries.evidence.loading import BEFORE_ANY_STAGE, Ground, covered, ground
from app.queries.evidence.marks import as_columns, mark, settled, used_since, used_until
from app.queries.evidence.scope import Scope

# Of more assets than these everything is sooner worked out anew.
MOST = 400
NOBODY = RiskSets((), {})


@dataclass(frozen=True, slots=True)
class Recounted:
    """What is to be changed in the snapshot that was made then, as columns of the three tables.

    Of the assets and rows these are the counts; those that there were not yet are whole.
    """

    scope: Scope
    made_at: datetime | None
    snapshot: Mapping[str, Any]
    assets: Sequence[Mapping[str, Any]]
    new_assets: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    new_rows: Sequence[Mapping[str, Any]]


def recount(scope: Scope, known: EvidenceSnapshot) -> Recounted | None:
    """Count the uses of open deals that are new; none where anything else changed too.

    Deals that are open are in neither arm, and no part of what is compared.
    """
    began, seen, found = monotonic(), mark(scope), settled(scope)
    is_settled = found.mark == known.settled
    if not is_settled or used_until(scope, known.last_use) != known.open_uses:
        return None
    used = set(used_since(scope, known.last_use))
    if len(used) > MOST:
        return None
    counted = ground(scope, used)
    changed = as_columns(seen, found) | {
        "coverage": covered(scope),
        "scoreboard": scoreboard.counted(scope),
        "adoption": adoption.counted(scope),
    }
    pieces = [_piece(counted, asset, stages) for asset, stages in _known(known, counted).items()]
    return Recounted(
        scope,
        known.computed_at,
        changed | {"last_seconds": monotonic() - began},
        assets=[piece.counts for piece in pieces if piece.new is None],
        new_assets=[piece.new for piece in pieces if piece.new is not None],
        rows=[row for piece in pieces for row in piece.rows],
        new_rows=[row for piece in pieces for row in piece.new_rows],
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    counts: Mapping[str, Any]
    new: Mapping[str, Any] | None
    rows: Sequence[Mapping[str, Any]]
    new_rows: Sequence[Mapping[str, Any]]


def _known(known: EvidenceSnapshot, counted: Ground) -> dict[int, dict[int, int]]:
    """Of each asset that was counted, by stage how many used deals its row has."""
    found: dict[int, dict[int, int]] = {asset: {} for asset in sorted(counted.uses)}
    chosen = select(EvidenceRow.asset_id, EvidenceRow.stage_id, EvidenceRow.used).where(
        EvidenceRow.snapshot_id == known.id, EvidenceRow.asset_id.in_(found)
    )
    for asset, stage, used in session.execute(chosen):
        found[asset][stage or BEFORE_ANY_STAGE] = used
    return found


def _piece(counted: Ground, asset: int, known: Mapping[int, int]) -> _Piece:
    stages = sorted(counted.uses[asset])
    own = counting.own_stage({stage: known.get(stage, 0) for stage in stages})
    unknown = [stage for stage in stages if stage not in known]
    new = {stage: _nothing_compared(counted, asset, stage) for stage in unknown}
    return _Piece(
        counts=counting.of_asset(counted, asset),
        new=None if known else of_asset(counted, new[own], None),
        rows=[
            counting.of_row(counted, asset, stage) | {"is_own": stage == own}
            for stage in stages
            if stage in known
        ],
        new_rows=[of_row(counted, NOBODY, one, is_own=stage == own) for stage, one in new.items()],
    )


def _nothing_compared(counted: Ground, asset: int, stage: int) -> Judged:
    """The row of an asset that was used in a stage on open deals alone."""
    compared = compare(NOBODY, match(NOBODY, stage, counted.uses[asset]))
    row = Row(asset, None, stage, reps=0, comparison=compared)
    return judge([row], is_mature=False)[0]
