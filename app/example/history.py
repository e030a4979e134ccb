"""Eighteen months of the example company's deals, simulated from a fixed seed.

Planted, to be found by whoever looks for it: on a deal that used the deck `business-case-deck`
while it was in *desire* the chance to be won is `EFFECT` higher (never above `HIGHEST`). Nothing
else that is used changes any outcome. `security-questionnaire` only looks good: it is asked for
in *sale* by buyers who are serious anyway. Better deals get more content of every kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.choices import Outcome
from app.example.catalogue import ExampleAsset
from app.example.chance import Chance, at_work, chance_of
from app.example.markets import COMPETITORS, MARKETS, SOURCES, SUBJECTS, Market
from app.example.people import manager, sellers
from app.example.usage import ExampleUse, Shelf

# Of thirty that were tried, one in which what is planted shows; a hundred deals are often too few.
SEED = "larkfield 14"
DEALS = 400
SPAN_DAYS = 548
EFFECT, HIGHEST = 0.35, 0.97
STAGES = ("attention", "interest", "conviction", "desire", "sale")
HELPS, LOOKS_GOOD = "business-case-deck", "security-questionnaire"
# Log odds of coming into the next stage.
PASSES = {"attention": 2.6, "interest": 2.2, "conviction": 2.0}
DAYS = {"attention": 4.0, "interest": 8.0, "conviction": 10.0, "desire": 22.0, "sale": 9.0}
SEGMENTS = {"Enterprise": 0.25, "Mid-market": 0.45, "Small business": 0.3}
SIZES = {"Enterprise": 120_000.0, "Mid-market": 38_000.0, "Small business": 9_000.0}


@dataclass(slots=True)
class ExampleDeal:
    """A deal with what happened on it; `quality` is what no CRM knows."""

    external_id: str
    name: str
    account: str
    owner: str
    team: str
    amount: int
    currency: str
    segment: str
    industry: str
    competitors: list[str]
    lead_source: str
    campaign: str
    quality: float
    opened_on: date
    outcome: Outcome = Outcome.OPEN
    closed_on: date | None = None
    stages: list[tuple[str, datetime]] = field(default_factory=list)
    uses: list[ExampleUse] = field(default_factory=list)


def deals(assets: Sequence[ExampleAsset], now: datetime) -> list[ExampleDeal]:
    """Every deal up to now, the first opened first; the same for the same day."""
    today = datetime.combine(now.astimezone(UTC).date(), time(0), UTC)
    shelf = Shelf(assets, today)
    return [_deal(number, shelf, now, today) for number in range(1, DEALS + 1)]


def _deal(number: int, shelf: Shelf, now: datetime, today: datetime) -> ExampleDeal:
    chance = Chance(f"{SEED}/{number}")
    market = MARKETS[number % len(MARKETS)]
    age = 1 + (SPAN_DAYS - 1) * (DEALS - number + chance.share()) / DEALS
    opened = today - timedelta(days=int(age)) + timedelta(hours=chance.between(8, 17))
    deal = _named(number, chance, market, opened)
    _live(deal, chance, shelf, opened, now)
    return deal


def _named(number: int, chance: Chance, market: Market, opened: datetime) -> ExampleDeal:
    segment = chance.weighted(SEGMENTS)
    industry = chance.choice(tuple(SUBJECTS))
    source = chance.choice(tuple(SOURCES))
    owner = manager(market.team) if chance.happens(0.04) else chance.choice(sellers(market.team))
    size = SIZES[segment] * 2.2 ** (0.6 * chance.normal())
    subject = chance.choice(SUBJECTS[industry]).format(n=int(chance.between(6, 60)))
    return ExampleDeal(
        external_id=f"LKF-{number:04d}",
        name=subject,
        account=f"{chance.choice(market.places)} {chance.choice(market.endings[industry])}",
        owner=owner,
        team=market.team,
        amount=round(size / 50) * 5000,
        currency=market.currency,
        segment=segment,
        industry=industry,
        competitors=chance.some(COMPETITORS, chance.weighted({0: 0.3, 1: 0.5, 2: 0.2})),
        lead_source=source,
        campaign=chance.choice(SOURCES[source]),
        quality=chance.normal(),
        opened_on=opened.date(),
    )


def _live(deal: ExampleDeal, chance: Chance, shelf: Shelf, opened: datetime, now: datetime) -> None:
    """Go through the stages until the deal is won, lost, or has come to the present."""
    keeps_a_log = chance.happens(0.82)
    moment, is_to_win = opened, False
    for stage in STAGES:
        if moment > now:
            return
        until = at_work(moment + timedelta(days=chance.days(DAYS[stage])))
        deal.stages.append((stage, moment))
        used = shelf.used(deal, stage, moment, until, chance) if keeps_a_log else []
        deal.uses += [use for use in used if use.recorded_at <= now]
        if stage == "desire":
            is_to_win = chance.happens(win_chance(deal.quality, deal.segment, used))
        if not _goes_on(deal, stage, chance, is_to_win=is_to_win):
            _end(deal, until, now, is_won=is_to_win and stage == "sale")
            return
        moment = until


def _goes_on(deal: ExampleDeal, stage: str, chance: Chance, *, is_to_win: bool) -> bool:
    """Whether a deal comes into the next stage; of those that lose some come into the last."""
    if stage in PASSES:
        return chance.happens(chance_of(PASSES[stage] + 0.6 * deal.quality))
    return stage == "desire" and (is_to_win or chance.happens(0.25))


def _end(deal: ExampleDeal, until: datetime, now: datetime, *, is_won: bool) -> None:
    if until <= now:
        deal.outcome = Outcome.WON if is_won else Outcome.LOST
        deal.closed_on = until.date()


def win_chance(quality: float, segment: str, used: Sequence[ExampleUse]) -> float:
    """The chance to be won, seen from *desire*, given what was used there."""
    base = chance_of(-0.7 + 0.55 * quality + (0.15 if segment == "Enterprise" else 0.0))
    helped = any(use.asset == HELPS and use.is_genuine for use in used)
    return min(base + EFFECT, HIGHEST) if helped else base
