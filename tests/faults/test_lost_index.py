"""The index of a running hub is lost: search answers, the hub says so, and it heals by itself."""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.test_kills import children, kill
from tests.hub import Hub, is_ready, make_database, searched, start, stop, upload, wait_until

WALRUSES = 5


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A hub with the cast and an index."""
    folder = tmp_path_factory.mktemp("lost")
    make_database(folder / "hub.db")
    running = start(folder)
    yield running
    stop(running)


@pytest.fixture(scope="module")
def token(hub):
    """A marketer's token; she has published five walruses."""
    token = hub.token("max")
    for number in range(WALRUSES):
        upload(hub, token, f"walrus words {number}".encode())
    wait_until(lambda: everybody_finds(hub, token), "all are found")
    return token


def everybody_finds(hub: Hub, token: str) -> bool:
    """Whether all are found time and again, so that each web process has seen them."""
    return all(searched(hub, token, "walrus") == WALRUSES for _ in range(20))


def index(hub: Hub) -> Path:
    """The folder of its index."""
    return hub.folder / "index"


def living(hub: Hub) -> Path:
    """The sub-folder in use."""
    return index(hub) / (index(hub) / "CURRENT").read_text().splitlines()[0]


def follower(hub: Hub) -> int:
    """The process that holds the follower's lock, also when that was deleted."""
    lock = str(index(hub) / "follower.lock")
    found: list[int] = []

    def is_there() -> bool:
        found.extend(pid for pid in children(hub.process.pid) if holds(pid, lock))
        return bool(found)

    wait_until(is_there, "the follower is there")
    return found[0]


def holds(pid: int, file: str) -> bool:
    """Whether a process has a file open."""
    try:
        opened = [str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir()]
        return any(one.startswith(file) for one in opened)
    except OSError:
        return False


def readyz(hub: Hub) -> str:
    """What the hub says of its index."""
    try:
        with urllib.request.urlopen(f"{hub.address}/readyz", timeout=10) as answer:
            said = answer.read()
    except urllib.error.HTTPError as refusal:
        said = refusal.read()
    return json.loads(said)["checks"]["index"]["detail"]


def problem(hub: Hub, token: str) -> str | None:
    """The notice that a search carries."""
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{hub.address}/api/v1/search?q=walrus", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["problem"]


def delete_everything(hub: Hub) -> None:
    # The follower may make a new index in what is just being deleted.
    shutil.rmtree(index(hub), ignore_errors=True)


def delete_living(hub: Hub) -> None:
    shutil.rmtree(living(hub))


def delete_pointer(hub: Hub) -> None:
    (index(hub) / "CURRENT").unlink()


def point_nowhere(hub: Hub) -> None:
    _, index_format = (index(hub) / "CURRENT").read_text().splitlines()
    (index(hub) / "CURRENT").write_text(f"index-000000000000\n{index_format}\n")


def another_version(hub: Hub) -> None:
    (index(hub) / "CURRENT").write_text(f"{living(hub).name}\nanother 1 schema 1\n")


def files(hub: Hub) -> list[Path]:
    return [path for path in living(hub).rglob("*") if path.is_file()]


def fill_with_garbage(hub: Hub) -> None:
    for path in files(hub):
        # The follower may put another index in its place before the last file is spoiled.
        with suppress(FileNotFoundError):
            path.write_bytes(os.urandom(path.stat().st_size))


def truncate(hub: Hub) -> None:
    for path in files(hub):
        with suppress(FileNotFoundError):
            os.truncate(path, path.stat().st_size // 3)


DAMAGES = [
    delete_everything, delete_living, delete_pointer, point_nowhere, another_version,
    fill_with_garbage, truncate,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_lost_index_heals_while_everybody_searches(damage, hub, token):
    damage(hub)
    began, notices = time.monotonic(), set()

    def is_healed() -> bool:
        notices.add(problem(hub, token))
        return searched(hub, token, "walrus") == WALRUSES and is_ready(hub) and is_sound(hub)

    wait_until(is_healed, "it has healed", 20)
    print(f"{damage.__name__}: {time.monotonic() - began:.2f} s, {notices}")
    word = damage.__name__.replace("_", "")
    upload(hub, token, word.encode())
    wait_until(lambda: searched(hub, token, word) == 1, "what comes later is found")
    hub.flask("index", "check")


def is_sound(hub: Hub) -> bool:
    """Whether there is one index, of this version, and nothing half made."""
    try:
        made = "another" not in (index(hub) / "CURRENT").read_text() and living(hub).is_dir()
    except (OSError, IndexError):
        return False
    return made and len(list(index(hub).glob("index-*"))) == 1


def test_nobody_who_searches_notices_a_rebuild(hub, token):
    wait_until(lambda: everybody_finds(hub, token), "every web process has the index")
    before, notices = living(hub), set()
    rebuild = threading.Thread(target=hub.flask, args=("index", "rebuild"))
    rebuild.start()
    while rebuild.is_alive():
        notices.add((problem(hub, token), searched(hub, token, "walrus"), is_ready(hub)))
    assert living(hub) != before
    assert notices == {(None, WALRUSES, True)}


def kill_in_a_rebuild(hub: Hub, victims: list[int]) -> None:
    """Kill the follower as soon as a second index stands beside the living one."""
    victim, deadline = follower(hub), time.monotonic() + 60
    while len(list(index(hub).glob("index-*"))) < 2:
        assert time.monotonic() < deadline, "waited in vain for a second index"
        time.sleep(0.001)
    kill(victim)
    victims.append(victim)


def test_a_follower_killed_in_a_rebuild_begins_again_and_the_command_waits(hub, token):
    victims: list[int] = []
    killer = threading.Thread(target=kill_in_a_rebuild, args=(hub, victims))
    killer.start()
    # A rebuild that was over sooner than anybody looked is done once more.
    while not victims and killer.is_alive():
        said = hub.flask("index", "rebuild")
    killer.join(20)
    assert victims and follower(hub) != victims[0]
    assert "follower makes the index anew" in said
    wait_until(lambda: is_sound(hub), "what was half made is swept away")
    hub.flask("index", "check")


def test_a_follower_that_stands_still_is_said(hub, token):
    """A minute of silence, brought about by the clock of the file that it touches."""
    victim, noted = follower(hub), index(hub) / "FOLLOWED"
    wait_until(noted.exists, "it was noted in the folder, which may be new")
    os.kill(victim, signal.SIGSTOP)
    try:
        upload(hub, token, b"narwhal words")
        long_ago = time.time() - 61
        os.utime(noted, (long_ago, long_ago))
        assert not is_ready(hub) and "The follower has done nothing since" in readyz(hub)
    finally:
        os.kill(victim, signal.SIGCONT)
    wait_until(lambda: is_ready(hub), "it goes on")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of twelve megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk]
    if os.geteuid() or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("only a root that may mount can make a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path) -> None:
    """Leave no room on a disk."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))


def test_a_full_disk_costs_searches_nothing_and_heals(small_disk, tmp_path):
    make_database(tmp_path / "hub.db")
    hub = start(tmp_path, SEARCH_URL=f"tantivy:{small_disk}/index")
    try:
        token = hub.token("max")
        upload(hub, token, b"walrus words")
        wait_until(lambda: searched(hub, token, "walrus") == 1, "it is found")
        fill(small_disk)
        assert upload(hub, token, b"narwhal words") is not None
        wait_until(lambda: "cannot be written" in (tmp_path / "log.txt").read_text(), "it says so")
        assert (searched(hub, token, "walrus"), problem(hub, token)) == (1, None)
        (small_disk / "filler").unlink()
        began = time.monotonic()
        wait_until(lambda: searched(hub, token, "narwhal") == 1, "it has healed", 10)
        print(f"healed {time.monotonic() - began:.2f} s after there was room")
    finally:
        stop(hub)
