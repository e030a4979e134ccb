"""Several machines on one PostgreSQL: each has its own index, and none misses a change."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.db import at_the_end, session, transaction
from app.inputs.asset import Join
from app.models import Asset, IndexChange, User
from app.services import indexing, joining
from tests import places
from tests.factories import a_draft, an_asset, elsewhere
from tests.hub import call, make_database, searched, start, stop, upload, wait_until

pytestmark = [pytest.mark.services, places.postgresql_only]


@pytest.fixture(scope="module")
def two_hubs(tmp_path_factory):
    """Two machines with the cast: one database, one store, an index and a queue each."""
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    shared = {
        "DATABASE_URL": places.database_url(first / "hub.db"),
        "STORAGE_URL": places.storage_url(first),
    }
    make_database(first / "hub.db")
    hubs = start(first, **shared), start(second, **shared)
    yield hubs
    for hub in hubs:
        stop(hub)
    places.remove(first / "hub.db")


@pytest.fixture(scope="module")
def token(two_hubs):
    """A marketer's token, which is good on both."""
    return two_hubs[0].token("max")


@pytest.mark.parametrize("number", range(3))
def test_what_is_published_on_one_machine_is_found_on_the_other(two_hubs, token, number):
    here, there = two_hubs if number % 2 else reversed(two_hubs)
    asset = upload(here, token, f"walrus{number} words".encode())
    began = time.monotonic()
    wait_until(lambda: searched(there, token, f"walrus{number}") == 1, "it is found there", 3)
    print(f"found on the other machine after {time.monotonic() - began:.2f} s")
    assert call(there, token, f"/api/v1/assets/{asset}/file") == f"walrus{number} words".encode()


def change(asset_id: int, pause: float) -> None:
    """Change an asset, with time to be overtaken before and after the change is numbered."""
    with transaction():
        time.sleep(pause)
        indexing.changed(session.get_one(Asset, asset_id))
        at_the_end("later than the index", lambda: time.sleep(pause))
    session.remove()


def follow_until(stopped: threading.Event, seen: list[int]) -> None:
    """What a follower sees: each time the numbers above the last one that it saw."""
    while not stopped.is_set():
        newer = IndexChange.seq > (seen[-1] if seen else 0)
        seen += session.scalars(select(IndexChange.seq).where(newer).order_by(IndexChange.seq))
        session.rollback()
    session.remove()


@pytest.mark.parametrize("round_", range(3))
def test_a_change_that_is_committed_late_is_not_skipped(max, round_):
    ids = [an_asset(max, f"Deck {number}").id for number in range(12)]
    session.rollback()
    stopped, seen, chance = threading.Event(), [], random.Random(round_)
    follower = threading.Thread(target=follow_until, args=[stopped, seen])
    follower.start()
    with ThreadPoolExecutor(6) as writers:
        list(writers.map(change, ids * 2, [chance.choice((0, 0.01, 0.05)) for _ in ids * 2]))
    wait_until(lambda: len(seen) == 36, "the follower has seen every change", 5)
    stopped.set()
    follower.join()
    assert seen == sorted(seen)


def join_slowly(max_id: int, draft_id: int, into: int, taken, may_end) -> None:
    """Join a draft to an asset, and wait before the commit."""
    with transaction():
        draft = session.get_one(Asset, draft_id)
        joining.join(session.get_one(User, max_id), draft, Join(into=into, change_note="Here"))
        session.flush()
        taken.set()
        may_end.wait(10)
    session.remove()


def test_a_draft_that_is_taken_out_late_is_not_skipped(max):
    draft, other, third = (make(max).id for make in (a_draft, an_asset, an_asset))
    taken, may_end = threading.Event(), threading.Event()
    slow = [max.id, draft, other, taken, may_end]
    joiner = threading.Thread(target=join_slowly, args=slow)
    session.rollback()
    joiner.start()
    assert taken.wait(10)
    elsewhere(lambda: change(third, 0))
    newest = indexing.newest_change()
    may_end.set()
    joiner.join()
    session.rollback()
    of_draft = select(func.max(IndexChange.seq)).where(IndexChange.asset_id == draft)
    assert session.scalar(of_draft) > newest
