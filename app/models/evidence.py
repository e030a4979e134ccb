"""Evidence as it was worked out last: one snapshot for each group of deals that is looked at."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.evidence.verdict import Reason, Verdict
from app.models.columns import stored


class EvidenceSnapshot(Base):
    """The figures of the deals that were opened in a period, of everybody or of some.

    `scope` says whose deals: `all`, `team:3` or `person:7`. `mark` is what the rows looked like
    when they were read, so that a change can be noticed; `settled`, `open_uses` and `last_use` tell
    whether it is one of open deals alone. `seconds` is how long all of it took, `last_seconds` the
    last time, where perhaps less was to be done. `cohort`
    are all deals, of which `closed` are won or lost; of these `tracked` have a use in time and
    `undated` no stage with a date; `coverage` has `tracked` and `closed` by the owner's team, 0 for
    none. `won` are the amounts by currency, in minor units: in all, and
    what no use was tracked on. `scoreboard` and `adoption` are as the questions of that name count.
    """

    __tablename__ = "evidence_snapshot"
    __table_args__ = (
        UniqueConstraint("scope", "starts_on", "ends_on"),
        CheckConstraint("starts_on <= ends_on", name="runs_forward"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    is_default: Mapped[bool]
    asked_at: Mapped[datetime]
    computed_at: Mapped[datetime | None]
    mark: Mapped[str] = mapped_column(String(200), default="")
    settled: Mapped[str] = mapped_column(String(500), default="")
    open_uses: Mapped[str] = mapped_column(String(100), default="")
    last_use: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    last_seconds: Mapped[float] = mapped_column(default=0.0)
    cohort: Mapped[int] = mapped_column(default=0)
    closed: Mapped[int] = mapped_column(default=0)
    tracked: Mapped[int] = mapped_column(default=0)
    undated: Mapped[int] = mapped_column(default=0)
    coverage: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    won: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, default=dict)
    scoreboard: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    adoption: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, deferred=True)


class EvidenceAsset(Base):
    """What was counted of an asset on these deals, at all stages together.

    `current` are the closed deals that used its current version. `revenue` is in minor units, as
    `app.evidence.revenue` has it.
    """

    __tablename__ = "evidence_asset"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("evidence_snapshot.id", ondelete="CASCADE"), primary_key=True
    )
    asset_id: Mapped[int] = mapped_column(
        ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    uses: Mapped[int]
    deals: Mapped[int]
    reps: Mapped[int]
    closed: Mapped[int]
    wins: Mapped[int]
    current: Mapped[int]
    revenue: Mapped[dict[str, Any]] = mapped_column(JSON)


class EvidenceRow(Base):
    """An asset at a stage: what was counted, what was compared, and what may be said of it.

    Uses before the first stage have no `stage_id`. `is_own` marks the stage that stands for the
    asset. Lifts are fractions; where nothing could be told they are null. `used` to
    `comparable_won` are closed deals, as `app.evidence.comparing` counts them. `since` is the day
    on which the verdict was seen to change; none where it never was.
    """

    __tablename__ = "evidence_row"
    __table_args__ = (
        Index("ix_evidence_row_snapshot_id_asset_id", "snapshot_id", "asset_id"),
        Index("ix_evidence_row_own", "snapshot_id", "is_own", "shrunk_low"),
        CheckConstraint("wins <= closed AND closed <= deals", name="counts"),
        CheckConstraint("(verdict = 'cant_tell') = (reason IS NOT NULL)", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("evidence_snapshot.id", ondelete="CASCADE"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int | None] = mapped_column(
        ForeignKey("stage.id", ondelete="CASCADE"), index=True
    )
    is_own: Mapped[bool]
    deals: Mapped[int]
    reps: Mapped[int]
    closed: Mapped[int]
    wins: Mapped[int]
    late: Mapped[int]
    used: Mapped[int]
    undated: Mapped[int]
    left: Mapped[int]
    matched: Mapped[int]
    matched_won: Mapped[int]
    comparable: Mapped[int]
    comparable_won: Mapped[int]
    strata: Mapped[int]
    is_clustered: Mapped[bool]
    lift: Mapped[float | None]
    lift_variance: Mapped[float | None]
    lift_in_time: Mapped[float | None]
    lift_in_time_variance: Mapped[float | None]
    peer_lift: Mapped[float | None]
    peer_variance: Mapped[float | None]
    peer_mean: Mapped[float | None]
    peers: Mapped[int | None]
    is_among_kind: Mapped[bool | None]
    shrunk: Mapped[float | None]
    shrunk_variance: Mapped[float | None]
    shrunk_low: Mapped[float | None]
    verdict: Mapped[Verdict] = mapped_column(stored(Verdict))
    since: Mapped[date | None]
    reason: Mapped[Reason | None] = mapped_column(stored(Reason))
    more_deals_needed: Mapped[int | None]
