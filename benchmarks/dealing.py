"""Puts deals and uses into a filled hub: python -m benchmarks.dealing DEALS USES.

Rows go straight into the tables, with two views for every five uses and a note for every hundred.
Three of ten fall on few pieces, as they do with people.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, insert, select, update

from app.choices import GENUINE, Deed, Kind, Origin, Outcome, Role, Verdict
from app.clock import now, start_of_day, today
from app.config import Settings
from app.db import session, transaction
from app.factory import connect
from app.models import (
    Activity,
    Asset,
    Deal,
    Feedback,
    FeedbackAsset,
    StageEntry,
    Team,
    Use,
    User,
)
from app.services import kinds
from app.services.deals import end_of_day
from app.worker import reconcile

BATCH = 20_000
DAYS, LASTS = 700, 60
STAGES = (1, 2, 3)
STAY = 20
SEGMENTS = ("Enterprise", "Mid-market", "Small", "Public")


def main(deals: int, uses: int) -> None:
    """Deals of a new team that the rep is on, then uses on them."""
    connect(Settings.from_env())
    chance = random.Random(5)
    people = _people()
    opened = [today() - timedelta(days=chance.randint(1, DAYS)) for _ in range(deals)]
    with transaction():
        session.execute(
            insert(Deal), [_deal(n, day, people, chance) for n, day in enumerate(opened, 1)]
        )
        session.execute(insert(StageEntry), list(_stages(opened)))
    assets = session.scalar(select(func.count(Asset.id))) or 0
    for _ in range(0, uses, BATCH):
        with transaction():
            session.execute(
                insert(Use), [_use(chance, opened, assets, people, n) for n in range(BATCH)]
            )
    with transaction():
        session.execute(insert(Activity), list(_views(chance, assets, uses * 2 // 5)))
        _notes(chance, assets, people[0], uses // 100)
        _reviews(chance)
    reconcile.the_tallies()


def _people() -> list[int]:
    """Everybody, the rep first, all in one team, so that the rep sees every deal."""
    with transaction():
        team = Team(name="North", folded="north")
        everybody = session.scalars(select(User).order_by(User.role != Role.REP, User.id)).all()
        for person in everybody:
            person.team = team
    return [person.id for person in everybody]


def _deal(number: int, opened: date, people: list[int], chance: random.Random) -> dict[str, object]:
    closed = opened + timedelta(days=LASTS)
    is_over = closed < today()
    return {
        "id": number,
        "external_id": f"D{number}",
        "name": f"Deal {number}",
        "name_folded": f"deal {number}",
        "account": f"Account {number % 5000}",
        "account_folded": f"account {number % 5000}",
        "owner_id": people[number % len(people)],
        "amount": chance.randint(1, 900) * 10_000,
        "currency": "EUR",
        "segment": SEGMENTS[number % 4],
        "segment_folded": SEGMENTS[number % 4].casefold(),
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
            at = start_of_day(day + timedelta(days=STAY * place))
            yield {"deal_id": number, "stage_id": stage, "entered_at": at}


def _use(
    chance: random.Random, opened: list[date], assets: int, people: list[int], number: int
) -> dict[str, object]:
    deal = chance.randrange(len(opened))
    into = chance.random() * LASTS
    at = start_of_day(opened[deal]) + timedelta(days=into, microseconds=number)
    at = min(at, now() - timedelta(days=1, seconds=number))
    asset = _piece(chance, assets)
    return {
        "deal_id": deal + 1,
        "asset_id": asset,
        "version_id": asset,
        "person_id": people[(deal + 1) % len(people)],
        "stage_id": STAGES[min(int(into / STAY), 2)],
        "how": chance.choice(GENUINE),
        "origin": Origin.API,
        "occurred_at": at,
        "recorded_at": at + timedelta(days=chance.random()),
        "note": "",
    }


def _piece(chance: random.Random, assets: int) -> int:
    """One of all, or one of the few that are liked."""
    is_liked = chance.random() < 0.3
    return min(int(chance.paretovariate(1.0)), assets) if is_liked else chance.randint(1, assets)


def _views(chance: random.Random, assets: int, number: int) -> Iterator[dict[str, object]]:
    """First looks of a person at a version on a day, of a year."""
    people = session.scalars(select(User.id)).all()
    seen: set[tuple[int, int, int]] = set()
    while len(seen) < number:
        seen.add((chance.choice(people), _piece(chance, assets), chance.randrange(365)))
    for person, asset, days in sorted(seen):
        at = now() - timedelta(days=days)
        yield {
            "user_id": person,
            "asset_id": asset,
            "version_id": asset,
            "deed": Deed.VIEWED,
            "at": at,
            "day": at.date(),
        }


def _notes(chance: random.Random, assets: int, owner: int, number: int) -> None:
    """Notes of two years, as they come from the field: half of them praise."""
    verdicts = [*Verdict, *[Verdict.HELPED] * 3]
    rows = [
        {
            "id": note,
            "person_id": owner,
            "verdict": chance.choice(verdicts),
            "note": "As it was",
            "created_at": now() - timedelta(days=chance.randrange(730)),
        }
        for note in range(1, number + 1)
    ]
    session.execute(insert(Feedback), rows)
    about = [(note, _piece(chance, assets)) for note in range(1, number + 1)]
    session.execute(
        insert(FeedbackAsset),
        [{"feedback_id": note, "asset_id": asset, "version_id": asset} for note, asset in about],
    )


def _reviews(chance: random.Random) -> None:
    """A review date for every piece; one of five is over."""
    chosen = session.execute(select(Asset.id, Asset.kind)).all()
    days = {one.id: _review(chance, one.kind) for one in chosen}
    session.execute(update(Asset), [{"id": key, "review_by": day} for key, day in days.items()])


def _review(chance: random.Random, kind: Kind) -> date:
    is_over = chance.random() < 0.2
    return (
        today() - timedelta(days=chance.randint(1, 90))
        if is_over
        else kinds.review_by(kind, today())
    )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
