"""Evidence as answers; what is not defined is null."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer
from app.api.answers.deals import MoneyAnswer, money
from app.evidence.normal import Interval
from app.evidence.verdict import Reason, Verdict
from app.models.evidence import EvidenceAsset
from app.queries.evidence.reading import Evidence, Figures, Piece


class FiguresAnswer(BaseModel):
    """A piece at a stage; `win_rate` is of the closed deals that used it, and not a comparison.

    Rates and lifts are fractions, intervals are of 95 %. `used_n` are the closed deals that used
    it, of which the share `matched` has comparable ones. `more_deals_needed` are used deals.
    `since` is the day on which the verdict was seen to change; null where it never was.
    """

    stage: str | None = None
    uses: int = 0
    deals: int = 0
    reps: int = 0
    closed: int = 0
    wins: int = 0
    win_rate: float | None = None
    win_interval: Interval | None = None
    lift: float | None = None
    lift_interval: Interval | None = None
    peer_lift: float | None = None
    peer_interval: Interval | None = None
    shrunk: float | None = None
    shrunk_interval: Interval | None = None
    used_n: int = 0
    comparable_n: int = 0
    matched: float | None = None
    peers: int | None = None
    verdict: Verdict = Verdict.CANT_TELL
    since: date | None = None
    reason: Reason | None = Reason.FEW_USED
    more_deals_needed: int | None = None


class TouchedAnswer(BaseModel):
    """Won deals with a use: their amount, and for how many assets each is counted on average."""

    amount: MoneyAnswer | None
    deals: int
    assets_per_deal: float


class ExtraAnswer(BaseModel):
    """Estimated extra wins, in deals first and in money after."""

    deals: float
    interval: Interval
    amounts: list[MoneyAnswer]


class RevenueAnswer(BaseModel):
    """Three lines that are never added up, each by currency; `extra` only with a verdict."""

    touched: list[TouchedAnswer]
    shared: list[MoneyAnswer]
    extra: ExtraAnswer | None


class EvidenceAnswer(FiguresAnswer):
    """A piece's own figures: those at `stage`, where most deals used it; `by_stage` has all."""

    asset: AssetPointer
    coverage: float | None
    revenue: RevenueAnswer
    by_stage: list[FiguresAnswer]

    @classmethod
    def of(cls, piece: Piece, coverage: float | None) -> "EvidenceAnswer":
        """From a piece."""
        return cls(
            asset=AssetPointer.to(piece.asset),
            **(_figures(piece.own) if piece.own else {}),
            coverage=coverage,
            revenue=_revenue(piece.counted),
            by_stage=[FiguresAnswer(**_figures(one)) for one in piece.by_stage],
        )


class CoveredAnswer(BaseModel):
    """Of a team's closed deals those on which any use was tracked."""

    team: str
    tracked: int
    closed: int


class EvidenceList(BaseModel):
    """Published or used pieces, the best shown first, and when they were worked out."""

    computed_at: datetime
    coverage_by_team: Sequence[CoveredAnswer]
    items: Sequence[EvidenceAnswer]
    next: str | None
    total: int

    @classmethod
    def of(cls, found: Evidence) -> "EvidenceList":
        """From what was worked out."""
        assert found.snapshot.computed_at is not None
        items = [EvidenceAnswer.of(piece, found.coverage) for piece in found.pieces]
        teams = [CoveredAnswer.model_validate(one._asdict()) for one in found.teams]
        return cls(
            computed_at=found.snapshot.computed_at,
            coverage_by_team=teams,
            items=items,
            next=found.next,
            total=found.total,
        )


def _figures(one: Figures) -> dict[str, Any]:
    row = one.row
    return {
        "stage": one.stage.name if one.stage else None,
        "uses": row.deals,
        "deals": row.deals,
        "reps": row.reps,
        "closed": row.closed,
        "wins": row.wins,
        "win_rate": one.win_rate,
        "win_interval": one.win_interval,
        "lift": row.lift,
        "lift_interval": one.lift_interval,
        "peer_lift": row.peer_lift,
        "peer_interval": one.peer_interval,
        "shrunk": row.shrunk,
        "shrunk_interval": one.shrunk_interval,
        "used_n": row.used,
        "comparable_n": row.comparable,
        "matched": one.matched,
        "peers": row.peers,
        "verdict": row.verdict,
        "since": row.since,
        "reason": row.reason,
        "more_deals_needed": row.more_deals_needed,
    }


def _revenue(counted: EvidenceAsset | None) -> RevenueAnswer:
    lines = counted.revenue if counted else {"touched": {}, "shared": {}, "extra": None}
    found = lines["extra"]
    return RevenueAnswer(
        touched=[
            TouchedAnswer(
                amount=money(one["amount"], currency),
                deals=one["deals"],
                assets_per_deal=one["counted"] / one["deals"],
            )
            for currency, one in lines["touched"].items()
        ],
        shared=_amounts(lines["shared"]),
        extra=found
        and ExtraAnswer(
            deals=found["deals"],
            interval=found["interval"],
            amounts=_amounts(found["amounts"]),
        ),
    )


def _amounts(by_currency: Mapping[str, int]) -> list[MoneyAnswer]:
    found = (money(amount, currency) for currency, amount in by_currency.items())
    return [one for one in found if one is not None]
