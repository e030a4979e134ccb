"""What the example company's people searched in the last four weeks, from a fixed seed.

Planted: six things that people look for and do not find, so that there are gaps to be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.choices import Status
from app.example.catalogue import ExampleAsset
from app.example.chance import Chance, at_work
from app.example.people import TEAMS, sellers

DAYS = 28
FOUND = 90
# What is looked for, by how many people, and what was found of it; nobody opened any of it.
MISSED = (
    ("tender response ISO 13485", 4, 0),
    ("vaccine transport reference", 3, 0),
    ("implementation timeline gantt", 3, 2),
    ("total cost calculator", 2, 0),
    ("Norwegian price list", 2, 3),
    ("competitor SensorHaus", 1, 0),
)
WORDS = 3


@dataclass(frozen=True, slots=True)
class ExampleSearch:
    """One search; `asset` is the key of what was opened of it, at `position`."""

    text: str
    person: str
    at: datetime
    total: int
    asset: str | None = None
    position: int | None = None


def searches(assets: Sequence[ExampleAsset], now: datetime) -> list[ExampleSearch]:
    """Every search, the first first; each at another time, so that none is of another's chain."""
    chance, today = Chance("larkfield searches"), now.astimezone(UTC)
    people = [key for team in TEAMS for key in sellers(team)]
    published = [asset for asset in assets if asset.status is Status.PUBLISHED]
    made = [_found(chance, published, people, today) for _ in range(FOUND)]
    for text, times, total in MISSED:
        for person in chance.some(people, times):
            made.append(ExampleSearch(text, person, _at(chance, today), total))
    return sorted(made, key=lambda search: search.at)


def _found(
    chance: Chance, assets: Sequence[ExampleAsset], people: Sequence[str], today: datetime
) -> ExampleSearch:
    asset = chance.choice(assets)
    text = " ".join(asset.title.split()[:WORDS]).strip(",.:").lower()
    total = 1 + chance.count(4)
    position = min(total, 1 + chance.count(0.6))
    return ExampleSearch(
        text, chance.choice(people), _at(chance, today), total, asset.key, position
    )


def _at(chance: Chance, today: datetime) -> datetime:
    return at_work(today - timedelta(days=chance.between(1, DAYS)))
