"""Keeping the figures of the evidence, so that pages need not work them out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select, update

from app.clock import now, today
from app.db import batches, one_at_a_time, session
from app.evidence.verdict import Verdict
from app.models.evidence import EvidenceAsset, EvidenceRow, EvidenceSnapshot
from app.queries.evidence import snapshots
from app.queries.evidence.computing import Computed
from app.queries.evidence.recounting import Recounted
from app.queries.evidence.scope import Scope

EVIDENCE_LOCK = 7316
KEPT = timedelta(days=2)
SEEN = timedelta(hours=1)
AT_ONCE = 500


def keep(found: Computed) -> EvidenceSnapshot:
    """Put these figures in the place of those that the scope had; safe to repeat."""
    one_at_a_time(EVIDENCE_LOCK)
    rows = _dated(found.rows, snapshots.nearest(found.scope))
    snapshot = _snapshot(found.scope)
    _describe(snapshot, found.snapshot)
    for table in (EvidenceRow, EvidenceAsset):
        session.execute(delete(table).where(table.snapshot_id == snapshot.id))
    _write(EvidenceAsset, snapshot, found.assets)
    _write(EvidenceRow, snapshot, rows)
    return snapshot


def keep_counts(found: Recounted) -> EvidenceSnapshot:
    """Change what new uses of open deals change; nothing where the figures are others meanwhile."""
    one_at_a_time(EVIDENCE_LOCK)
    snapshot = _snapshot(found.scope)
    if snapshot.computed_at != found.made_at:
        return snapshot
    _describe(snapshot, found.snapshot)
    _count(EvidenceAsset, snapshot, found.assets, ("asset_id",))
    _count(EvidenceRow, snapshot, found.rows, ("asset_id", "stage_id"))
    _write(EvidenceAsset, snapshot, found.new_assets)
    _write(EvidenceRow, snapshot, found.new_rows)
    return snapshot


def _dated(
    rows: Sequence[Mapping[str, Any]], before: EvidenceSnapshot | None
) -> Sequence[Mapping[str, Any]]:
    """Each row with the day since which its verdict is another one than it was before."""
    if before is None:
        return [{**row, "since": None} for row in rows]
    known = _told(before)
    never = Verdict.CANT_TELL, None
    return [
        {**row, "since": since if verdict is row["verdict"] else today()}
        for row in rows
        for verdict, since in [known.get((row["asset_id"], row["stage_id"]), never)]
    ]


def _told(snapshot: EvidenceSnapshot) -> dict[tuple[int, int | None], tuple[Verdict, date | None]]:
    """By asset and stage, the verdicts that there are or were, and since when they stand."""
    one = EvidenceRow
    chosen = select(one.asset_id, one.stage_id, one.verdict, one.since).where(
        one.snapshot_id == snapshot.id,
        or_(one.verdict != Verdict.CANT_TELL, one.since.is_not(None)),
    )
    return {
        (asset, stage): (verdict, since) for asset, stage, verdict, since in session.execute(chosen)
    }


def _describe(snapshot: EvidenceSnapshot, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(snapshot, name, value)
    snapshot.computed_at = now()
    session.flush()


def _count(
    table: type[EvidenceAsset] | type[EvidenceRow],
    snapshot: EvidenceSnapshot,
    counts: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
) -> None:
    for one in counts:
        # SQLAlchemy says IS NULL where there is no value; no index serves IS NOT DISTINCT FROM.
        those = [getattr(table, key) == one[key] for key in keys]
        session.execute(
            update(table).where(table.snapshot_id == snapshot.id, *those).values(**one),
            execution_options={"synchronize_session": False},
        )


def _write(
    table: type[EvidenceAsset] | type[EvidenceRow],
    snapshot: EvidenceSnapshot,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    # Into the table itself: by its class, rows with other empty columns are written one by one.
    into = table.__table__
    assert isinstance(into, Table)
    for some in batches(rows, AT_ONCE):
        session.execute(insert(into), [{**row, "snapshot_id": snapshot.id} for row in some])


def ask_for(scope: Scope) -> EvidenceSnapshot:
    """Have the figures of a scope worked out by the worker, and kept while they are asked for."""
    one_at_a_time(EVIDENCE_LOCK)
    snapshot = _snapshot(scope)
    snapshot.asked_at = now()
    return snapshot


def is_long_ago(snapshot: EvidenceSnapshot) -> bool:
    """Whether it should be noted that somebody asks for it again."""
    return snapshot.asked_at < now() - SEEN


def forget() -> int:
    """Take out what nobody asked for in two days, and the defaults of days before yesterday."""
    one_at_a_time(EVIDENCE_LOCK)
    is_old = or_(
        EvidenceSnapshot.asked_at < now() - KEPT,
        EvidenceSnapshot.is_default & (EvidenceSnapshot.ends_on < today() - KEPT),
    )
    old = session.scalars(select(EvidenceSnapshot.id).where(is_old)).all()
    for table in (EvidenceRow, EvidenceAsset):
        session.execute(delete(table).where(table.snapshot_id.in_(old)))
    session.execute(delete(EvidenceSnapshot).where(EvidenceSnapshot.id.in_(old)))
    return len(old)


def _snapshot(scope: Scope) -> EvidenceSnapshot:
    """The scope's row, made where it is not there yet."""
    found = snapshots.exactly(scope)
    if found is None:
        found = EvidenceSnapshot(
            scope=scope.name,
            starts_on=scope.starts_on,
            ends_on=scope.ends_on,
            is_default=scope.is_default,
            asked_at=now(),
        )
        session.add(found)
    return found
