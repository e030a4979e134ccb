"""The follower goes on whatever happens to the index, and says what it does."""

import os
import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.backends.search import registry as searching
from app.backends.search.base import Why
from app.clock import now
from app.inputs.listing import Search
from app.queries import health, search
from app.services import indexing
from app.worker import follow
from tests.factories import an_asset, elsewhere, index_all


@pytest.fixture
def root(max):
    """The folder of an index that holds one deck."""
    an_asset(max, "A deck")
    index_all()
    return searching.engine()._folder.root


@pytest.fixture
def follower(root):
    """A follower of that index."""
    return follow.Follower(searching.engine(), threading.Event())


def steps(follower, number: int = 4) -> list[float]:
    """Let the follower do some steps; answers how long it would have waited after each."""
    waits = []
    elsewhere(lambda: waits.extend(follower.step() for _ in range(number)))
    return waits


def said() -> tuple[bool, str]:
    """What /readyz says of the index."""
    [check] = [one for one in health.checks() if one.name == "index"]
    return check.is_good, check.detail


def heard_during_a_rebuild(why: Why) -> list[tuple[bool, str]]:
    """What /readyz says of the index after each asset."""
    heard = []
    engine = searching.engine()
    elsewhere(lambda: indexing.rebuild(engine, why, lambda _: heard.append(said())))
    return heard


def test_while_a_rebuild_cannot_be_done_the_index_is_kept_up(root, follower, max):
    (root / "PROBE").mkdir()
    searching.engine().ask_for_rebuild()
    an_asset(max, "Another deck")
    steps(follower)
    assert len(searching.engine().asset_ids()) == 2
    assert searching.engine().is_rebuild_wanted()


def test_a_rebuild_is_given_up_when_the_hub_stops(root):
    stopped = threading.Event()
    stopped.set()
    searching.engine().ask_for_rebuild()
    steps(follow.Follower(searching.engine(), stopped), 1)
    assert searching.engine().is_rebuild_wanted()
    assert len(list(root.glob("index-*"))) == 1


def test_a_folder_deleted_under_a_running_follower_is_made_anew(root, follower):
    steps(follower)
    root.rename(root.with_name("lost"))
    time.sleep(0.15)
    steps(follower)
    assert len(searching.engine().asset_ids()) == 1


def test_a_follower_that_does_nothing_any_more_is_said(root, follower, max):
    steps(follower)
    assert said()[0]
    long_ago = (now() - timedelta(minutes=2)).timestamp()
    os.utime(root / "FOLLOWED", (long_ago, long_ago))
    assert said()[0]
    an_asset(max, "Another deck")
    is_good, detail = said()
    assert not is_good and "1 changes" in detail and "The follower has done nothing" in detail


def test_readyz_says_how_far_a_rebuild_is(root):
    heard = heard_during_a_rebuild(Why.DAMAGED)
    assert heard[0][0] and "being rebuilt, as it was damaged: 0 of 1 assets" in heard[0][1]
    assert said() == (True, "0 changes are still to be indexed.")


def test_readyz_says_so_while_there_is_no_index(root):
    (root / "CURRENT").unlink()
    searching.engine().close()
    assert said()[0] is False
    heard = heard_during_a_rebuild(Why.MISSING)
    assert heard[0][0] is False and "as there was none: 0 of 1 assets" in heard[0][1]
    assert said()[0] is True


def notice(rae) -> str | None:
    """What a search for a phrase says of the index."""
    return search.search(rae, Search(q='"a deck"')).problem


def spoil(root) -> None:
    """Damage the lists that only a search for words reads, but not what says where they are."""
    for path in root.rglob("covers/*.idx"):
        data = path.read_bytes()
        path.write_bytes(data[:8] + bytes(255 - byte for byte in data[8:30]) + data[30:])


def test_damage_that_only_a_search_meets_is_said_and_heals(root, follower, rae):
    assert notice(rae) is None
    spoil(root)
    assert "being rebuilt" in notice(rae) and "A search could not be answered" in said()[1]
    steps(follower)
    assert notice(rae) is None and "could not" not in said()[1]


def test_suspicion_alone_makes_an_index_anew_only_once_in_a_while(root, follower):
    made = []
    for _ in range(2):
        searching.engine().suspect()
        steps(follower)
        made.append((root / "CURRENT").read_text())
    assert made[0] == made[1]


def test_a_rebuild_that_fails_is_tried_again_soon_then_less_often(root, follower, monkeypatch):
    (root / "PROBE").mkdir()
    searching.engine().ask_for_rebuild()
    pauses, tried = [], time.monotonic()
    monkeypatch.setattr(follow, "time", SimpleNamespace(monotonic=lambda: tried))
    for _ in range(6):
        steps(follower, 1)
        pauses.append(follower._no_rebuild_before - tried)
        tried += pauses[-1]
    assert [round(pause) for pause in pauses] == [2, 4, 8, 16, 30, 30]
