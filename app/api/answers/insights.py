"""Evidence as answers; what is not worked out is null."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer
from app.queries.evidence import CANT_TELL, Counts, Evidence, Row

Interval = tuple[float, float]


class CountsAnswer(BaseModel):
    """What was counted; `win_rate` is of closed deals that used it, and not a comparison."""

    stage: str | None
    uses: int
    deals: int
    reps: int
    closed: int
    wins: int
    win_rate: float | None
    win_interval: Interval | None
    lift: float | None = None
    lift_interval: Interval | None = None
    peer_lift: float | None = None
    peer_interval: Interval | None = None
    shrunk: float | None = None
    shrunk_interval: Interval | None = None
    used_n: int | None = None
    comparable_n: int | None = None
    matched: float | None = None
    peers: int | None = None

    @classmethod
    def counted(cls, stage: str | None, counts: Counts) -> "CountsAnswer":
        """From the counts."""
        return cls(**_counts(stage, counts))


class EvidenceAnswer(CountsAnswer):
    """A piece's own figures: those at `stage`, where most deals used it; `by_stage` has all."""

    asset: AssetPointer
    coverage: float | None
    verdict: str
    reason: str
    more_deals_needed: int | None = None
    revenue: None = None
    by_stage: list[CountsAnswer]

    @classmethod
    def of(cls, row: Row, coverage: float | None) -> "EvidenceAnswer":
        """From a row."""
        asset = row.asset
        return cls(
            asset=AssetPointer.to(asset),
            **_counts(row.stage, row.counts),
            coverage=coverage,
            verdict=CANT_TELL,
            reason=row.reason,
            by_stage=[CountsAnswer.counted(stage, counts) for stage, counts in row.by_stage],
        )


class EvidenceList(BaseModel):
    """Every published or used piece, most used first."""

    computed_at: datetime
    items: Sequence[EvidenceAnswer]

    @classmethod
    def of(cls, found: Evidence) -> "EvidenceList":
        """From what was counted."""
        items = [EvidenceAnswer.of(row, found.coverage) for row in found.rows]
        return cls(computed_at=found.computed_at, items=items)


def _counts(stage: str | None, counts: Counts) -> dict[str, object]:
    return {
        "stage": stage,
        "uses": counts.uses,
        "deals": counts.deals,
        "reps": counts.reps,
        "closed": counts.closed,
        "wins": counts.wins,
        "win_rate": counts.win_rate,
        "win_interval": counts.win_interval,
    }
