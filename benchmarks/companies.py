"""Made-up companies whose truth is known, to see whether the evidence finds it.

A deal has a quality that nobody records. It goes through five stages, and is lost in one of them or
won at the end. What is used on it, when and by whom depends on the world; whether a piece changes
its end is decided here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import exp
from random import Random

from app.evidence.bins import DAY, Entry
from app.evidence.risk_sets import ClosedDeal, FirstUse
from app.evidence.strata import terciles

STAGES = 5
DECISIVE = 4
OF_EACH = 6
REPS = 40
PERIOD = 730
# Of the first asset of the fourth stage, where there is an effect.
SPECIAL = (DECISIVE - 1) * OF_EACH + 1


@dataclass(frozen=True)
class World:
    """How a company works.

    `by_quality` is how much more often good deals get content; `uneven` spreads how often and how
    late each asset is used; `quick_losses` makes lost deals leave their last stage early; `stars`
    makes reps differ in how often they win and how much they use; `wandering` lets an asset be used
    at every stage; `rescued` is the share of the deals to be lost which the special asset turns;
    `asked_for` is how much more often serious buyers ask for it; `used` is on how many closed deals
    it is used, about.
    """

    name: str
    deals: int = 1500
    by_quality: float = 0.0
    uneven: bool = False
    quick_losses: bool = False
    stars: bool = False
    wandering: bool = False
    rescued: float = 0.0
    asked_for: float = 0.0
    used: int | None = None


@dataclass
class Company:
    """What the comparison reads, and what it cannot know: how likely a deal was turned."""

    deals: list[ClosedDeal] = field(default_factory=list)
    uses: dict[int, dict[int, dict[int, FirstUse]]] = field(default_factory=dict)
    gains: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Asset:
    number: int
    stage: int
    often: float
    late: float


@dataclass(frozen=True)
class _Person:
    skill: float
    eager: float


@dataclass(frozen=True)
class _Draft:
    """A deal before it is played: its fate without the special asset is fixed."""

    number: int
    segment: int
    amount: int
    opened: int
    rep: int
    quality: float
    survives: float
    lost_in: int | None


def made(world: World, random: Random) -> Company:
    """A company of this world; the same numbers give the same company."""
    people = [_person(world, random) for _ in range(REPS)]
    drafts = [_draft(number, people, random) for number in range(1, world.deals + 1)]
    assets = _calibrated(world, list(_assets(world, random)), drafts)
    cuts = terciles(draft.amount for draft in drafts)
    company = Company()
    for draft in drafts:
        _play(world, company, draft, people[draft.rep], assets, cuts or (0, 0), random)
    return company


def _person(world: World, random: Random) -> _Person:
    if not world.stars:
        return _Person(0.0, 1.0)
    talent = random.gauss(0, 1)
    return _Person(0.5 * talent, exp(0.4 * talent))


def _draft(number: int, people: list[_Person], random: Random) -> _Draft:
    segment, quality, rep = random.randrange(4), random.gauss(0, 1), random.randrange(REPS)
    amount = int(exp(random.gauss(10, 0.8) + 0.2 * segment))
    wins = 0.9 * quality + people[rep].skill + 0.3 * (segment - 1.5) + 0.1 * (10 - _log(amount))
    survives = 1 / (1 + exp(-(1.2 + wins)))
    stages = range(1, STAGES + 1)
    lost_in = next((stage for stage in stages if random.random() > survives), None)
    opened = random.randrange(PERIOD)
    return _Draft(number, segment, amount, opened, rep, quality, survives, lost_in)


def _log(amount: int) -> float:
    return amount.bit_length() * 0.6931


def _assets(world: World, random: Random) -> Iterator[_Asset]:
    for stage in range(1, STAGES + 1):
        for place in range(OF_EACH):
            often = exp(random.gauss(-1.6, 0.5)) if world.uneven else 0.2
            late = exp(random.gauss(2.0, 0.6)) if world.uneven else 7.0
            yield _Asset((stage - 1) * OF_EACH + place + 1, stage, min(often, 0.7), late)


def _calibrated(world: World, assets: list[_Asset], drafts: list[_Draft]) -> list[_Asset]:
    """The assets, the special one used so often that it comes to about as many deals as asked."""
    if world.used is None:
        return assets
    reached = sum(draft.lost_in is None or draft.lost_in >= DECISIVE for draft in drafts)
    often = min(0.95, world.used / reached / 1.0)
    return [replace(one, often=often, late=7.0) if one.number == SPECIAL else one for one in assets]


def _play(
    world: World,
    company: Company,
    draft: _Draft,
    person: _Person,
    assets: list[_Asset],
    cuts: tuple[int, int],
    random: Random,
) -> None:
    """Take a deal through its stages, and note what was used on it."""
    at = draft.opened * DAY + random.randrange(DAY)
    entries: list[Entry] = []
    lost_in = draft.lost_in
    for stage in range(1, STAGES + 1):
        entries.append((stage, at))
        is_last = stage == lost_in
        stay = int(random.gammavariate(2, 10) * DAY)
        if is_last and world.quick_losses:
            stay = int(stay * 0.4)
        for asset, used_at in _used(world, draft, person, assets, stage, at, stay, random):
            first = FirstUse(used_at, draft.rep, is_late=False)
            company.uses.setdefault(asset, {}).setdefault(stage, {})[draft.number] = first
            if asset == SPECIAL and world.rescued and stage == DECISIVE:
                left = STAGES + 1 - stage
                company.gains[draft.number] = world.rescued * (1 - draft.survives**left)
                if lost_in is not None and random.random() < world.rescued:
                    lost_in = None
        at += stay
        if is_last and lost_in is not None:
            break
    size = (draft.amount >= cuts[0]) + (draft.amount >= cuts[1])
    deal = ClosedDeal(
        draft.number, draft.rep, lost_in is None, draft.segment, size, tuple(entries), at
    )
    company.deals.append(deal)


def _used(
    world: World,
    draft: _Draft,
    person: _Person,
    assets: list[_Asset],
    stage: int,
    entered: int,
    stay: int,
    random: Random,
) -> Iterator[tuple[int, int]]:
    """Which assets are used in a stay of so many seconds in a stage, and when."""
    eager = person.eager * exp(world.by_quality * draft.quality)
    for asset in assets:
        if asset.stage != stage and not world.wandering:
            continue
        often = asset.often * eager / (1 if asset.stage == stage else 8)
        if asset.number == SPECIAL:
            often *= exp(world.asked_for * draft.quality)
        wait = int(random.expovariate(1 / asset.late) * DAY)
        if random.random() < min(often, 0.95) and wait < stay:
            yield asset.number, entered + wait
