"""What is acknowledged survives: processes are killed at random moments."""

import hashlib
import os
import random
import signal
import threading
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.hub import (
    Hub,
    call,
    is_ready,
    make_database,
    searched,
    start,
    stop,
    upload,
    wait_until,
)

KILLS = 20


@pytest.fixture
def hub(tmp_path):
    """A hub with the cast, of this test's own."""
    make_database(tmp_path / "hub.db")
    running = start(tmp_path)
    yield running
    if running.process.poll() is None:
        stop(running)


def children(pid: int) -> list[int]:
    """The processes below a process, and below those."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(words[1]) == pid and words[0] != "Z":
            child = int(stat.parent.name)
            found += [child, *children(child)]
    return found


def lasting(hub: Hub) -> list[int]:
    """The processes that are there all the time: those that read one file begin a session."""
    return [
        pid for pid in children(hub.process.pid) if session_of(pid) == os.getsid(hub.process.pid)
    ]


def session_of(pid: int) -> int:
    """The session of a process, 0 when it has ended."""
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def kill(pid: int) -> None:
    """End a process at once, if it is still there."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_there(hub: Hub, token: str, asset: int, content: bytes) -> bool:
    """Whether a file is given; a process whose parent was killed may still end in the middle."""
    try:
        given = call(hub, token, f"/api/v1/assets/{asset}/file")
    except HTTPError:
        raise
    except (OSError, HTTPException):
        return False
    assert hashlib.sha256(given).digest() == hashlib.sha256(content).digest()
    return True


def is_searchable(hub: Hub, token: str, count: int) -> bool:
    """Whether so many are found; a process whose parent was killed may still end meanwhile."""
    try:
        return searched(hub, token, "walrus") >= count
    except HTTPError:
        raise
    except (OSError, HTTPException):
        return False


def test_every_acknowledged_upload_survives_kills_at_any_moment(hub):
    token = hub.token("max")
    chance, kept = random.Random(7), {}
    for number in range(5 * KILLS):
        if number >= KILLS and len(kept) >= KILLS // 2:
            break
        content = f"mark{number} {chance.random()} walrus ".encode() * chance.randint(1, 3000)
        victim = chance.choice(children(hub.process.pid))
        killer = threading.Timer(chance.random() * 0.1, kill, [victim])
        killer.start()
        if (asset := upload(hub, token, content)) is not None:
            kept[asset] = content
        killer.join()
        wait_until(lambda: is_ready(hub), "the hub is ready again")
    assert len(kept) >= KILLS // 2
    for asset, content in kept.items():
        wait_until(lambda a=asset, c=content: is_there(hub, token, a, c), "its file is given")
    wait_until(lambda: is_searchable(hub, token, len(kept)), "all is searchable", 60)
    hub.flask("index", "check")


def test_killing_everything_at_once_and_starting_again(hub, tmp_path):
    token = hub.token("max")
    asset = upload(hub, token, b"walrus words")
    for victim in [hub.process.pid, *children(hub.process.pid)]:
        kill(victim)
    hub.process.wait()
    again = start(tmp_path)
    try:
        assert call(again, token, f"/api/v1/assets/{asset}/file") == b"walrus words"
        wait_until(lambda: searched(again, token, "walrus") == 1, "it is searchable", 60)
    finally:
        stop(again)


def test_stopping_leaves_no_process_and_status_zero(hub):
    below = children(hub.process.pid)
    assert stop(hub) == 0
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []


def test_a_killed_supervisor_takes_its_processes_along(hub):
    below = children(hub.process.pid)
    hub.process.kill()
    hub.process.wait()
    wait_until(
        lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), "all have ended", 20
    )
    assert not is_ready(hub)


def test_a_dead_process_is_told_and_started_again(hub):
    before = lasting(hub)
    for victim in before:
        kill(victim)
    wait_until(lambda: len(lasting(hub)) >= len(before), "all are back")
    wait_until(lambda: is_ready(hub), "the hub is ready again")
    assert "ended by itself" in (hub.folder / "log.txt").read_text()


def test_a_lost_index_is_said_and_heals(hub):
    token = hub.token("max")
    upload(hub, token, b"walrus words")
    wait_until(lambda: searched(hub, token, "walrus") == 1, "it is searchable")
    for file in (hub.folder / "index").rglob("*"):
        if file.is_file() and file.suffix != ".lock":
            # A follower that merges takes files away too.
            file.unlink(missing_ok=True)
    assert searched(hub, token, "walrus") in (0, 1)
    wait_until(lambda: searched(hub, token, "walrus") == 1 and is_ready(hub), "it has healed")
