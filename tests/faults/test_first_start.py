"""The first start: the example company arrives, also when everything is killed meanwhile."""

import json
import re
import threading
from pathlib import Path

from tests import places
from tests.faults.test_kills import children, kill
from tests.hub import Hub, call, start, stop, wait_until

ARRIVING = re.compile(r"arriving: [1-9]\d* of")


def kill_once_it_arrives(folder: Path, killed: list[int]) -> None:
    """Kill every process of the hub as soon as the first parts are in."""
    log = folder / "log.txt"
    wait_until(lambda: log.exists() and ARRIVING.search(log.read_text()), "it arrives", 120)
    parent = int((folder / "pid").read_text())
    for victim in children(parent):
        kill(victim)
        killed.append(victim)


def total(hub, token: str, path: str) -> int:
    """How many there are."""
    return json.loads(call(hub, token, f"/api/v1/{path}?limit=1"))["total"]


def test_the_example_company_arrives_whole_whatever_is_killed(tmp_path):
    places.make_empty(tmp_path / "hub.db")
    killed: list[int] = []
    killer = threading.Thread(target=kill_once_it_arrives, args=(tmp_path, killed))
    killer.start()
    hub = start(tmp_path, EXAMPLE="yes")
    try:
        killer.join()
        assert_whole(hub, tmp_path, killed)
    finally:
        status = stop(hub)
    assert status == 0
    places.remove(tmp_path / "hub.db")


def assert_whole(hub: Hub, folder: Path, killed: list[int]) -> None:
    """Everything is there once, nothing is broken, and all of it can be taken out."""
    log = folder / "log.txt"
    wait_until(
        lambda: "\nready\n" in log.read_text(), "it says so", moving=lambda: log.stat().st_size
    )
    assert killed and "ingrid@larkfield.example" in log.read_text()
    token = hub.flask("token", "issue", "ingrid@larkfield.example").splitlines()[-1]
    assert [total(hub, token, path) for path in ("assets", "deals", "feedback")] == [64, 400, 39]
    assert "Everything is as it should be" in hub.flask("doctor")
    # The files of 121 versions, and as many images of pages as have been drawn by now.
    gone = re.search(r"64 pieces, 400 deals and (\d+) files", hub.flask("example", "remove"))
    assert gone and int(gone[1]) >= 121
