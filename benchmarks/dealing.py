"""Puts deals and uses into a filled hub: python -m benchmarks.dealing DEALS USES.

Rows go straight into the tables. Three uses of ten fall on few pieces, as they do with people.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, insert, select

from app.choices import GENUINE, Origin, Outcome, Role
from app.clock import now, start_of_day, today
from app.config import Settings
from app.db import session, transaction
from app.factory import connect
from app.models import Asset, Deal, StageEntry, Team, Use, User
from app.services.deals import end_of_day

BATCH = 20_000
DAYS, LASTS = 700, 60
STAGES = (1, 2, 3)


def main(deals: int, uses: int) -> None:
    """Deals of a new team that the rep is on, then uses on them."""
    connect(Settings.from_env())
    chance = random.Random(5)
    owner = _owner()
    opened = [today() - timedelta(days=chance.randint(1, DAYS)) for _ in range(deals)]
    with transaction():
        session.execute(
            insert(Deal), [_deal(n, day, owner, chance) for n, day in enumerate(opened, 1)]
        )
        session.execute(insert(StageEntry), list(_stages(opened)))
    assets = session.scalar(select(func.count(Asset.id))) or 0
    for _ in range(0, uses, BATCH):
        with transaction():
            session.execute(
                insert(Use), [_use(chance, opened, assets, owner, n) for n in range(BATCH)]
            )


def _owner() -> int:
    with transaction():
        rep = session.scalars(select(User).where(User.role == Role.REP)).one()
        rep.team = Team(name="North", folded="north")
    return rep.id


def _deal(number: int, opened: date, owner: int, chance: random.Random) -> dict[str, object]:
    closed = opened + timedelta(days=LASTS)
    is_over = closed < today()
    return {
        "id": number,
        "external_id": f"D{number}",
        "name": f"Deal {number}",
        "name_folded": f"deal {number}",
        "account": f"Account {number % 5000}",
        "account_folded": f"account {number % 5000}",
        "owner_id": owner,
        "amount": chance.randint(1, 900) * 10_000,
        "currency": "EUR",
        "segment": "Enterprise",
        "segment_folded": "enterprise",
        "stage_id": STAGES[-1],
        "outcome": chance.choice((Outcome.WON, Outcome.LOST)) if is_over else Outcome.OPEN,
        "opened_on": opened,
        "closed_on": closed if is_over else None,
        "ended_at": end_of_day(closed) if is_over else None,
        "created_at": now(),
        "updated_at": now() - timedelta(minutes=number),
    }


def _stages(opened: list[date]) -> Iterator[dict[str, object]]:
    for number, day in enumerate(opened, 1):
        for place, stage in enumerate(STAGES):
            at = start_of_day(day + timedelta(days=10 * place))
            yield {"deal_id": number, "stage_id": stage, "entered_at": at}


def _use(
    chance: random.Random, opened: list[date], assets: int, owner: int, number: int
) -> dict[str, object]:
    deal = chance.randrange(len(opened))
    at = start_of_day(opened[deal]) + timedelta(days=chance.random() * LASTS, microseconds=number)
    is_liked = chance.random() < 0.3
    asset = min(int(chance.paretovariate(1.0)), assets) if is_liked else chance.randint(1, assets)
    return {
        "deal_id": deal + 1,
        "asset_id": asset,
        "version_id": asset,
        "person_id": owner,
        "stage_id": chance.choice(STAGES),
        "how": chance.choice(GENUINE),
        "origin": Origin.API,
        "occurred_at": min(at, now() - timedelta(days=1, seconds=number)),
        "recorded_at": now(),
        "note": "",
    }


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
