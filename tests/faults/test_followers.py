"""Several machines on one database: whatever is changed and killed, every index agrees with it.

In files this is a short form; on PostgreSQL, where transactions overlap, a long one.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import db
from app.backends.search.base import Engine, EngineUnavailable
from app.backends.search.registry import open_engine
from app.config import ROOT
from app.db import at_the_end, attempt, session, transaction
from app.errors import HubError
from app.inputs.asset import AssetChange, Join, NewAsset, NewVersion, Retirement
from app.models import Asset, User
from app.queries import assets as questions
from app.queries import people
from app.services import assets, indexing, joining, publishing, retirement
from app.services.locks import lock
from app.text.query import parse
from tests import cast, places
from tests.factories import a_file
from tests.hub import wait_until
from tests.matches import pages_by_asset

BURSTS, WRITERS, EACH = (3, 6, 12) if places.SERVER else (2, 3, 6)
PAUSES = (0, 0, 0.01, 0.1) if places.SERVER else (0, 0, 0.002)
FOLLOWER = """
import signal, sys
from pathlib import Path
from app import db
from app.backends.search import registry
from app.worker import follow

signal.alarm(300)
db.connect(sys.argv[1])
registry.use(registry.open_engine(sys.argv[2]))
follow.follow(Path(sys.argv[2].partition(":")[2]), waits=True)
"""
numbers = count(1)


class Undone(Exception):
    """A transaction that is not to be."""


class Machine:
    """A machine that follows: its folder, and its follower while one runs."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._index = f"tantivy:{folder}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Let a follower run, if none does."""
        if self._process is None:
            words = [sys.executable, "-c", FOLLOWER, self._url, self._index]
            self._process = subprocess.Popen(words, cwd=ROOT)

    def kill(self) -> None:
        """End the follower at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Its index, to be read."""
        engine = open_engine(self._index)
        yield engine
        engine.close()

    def position(self) -> int:
        """How far its index is."""
        with self.engine() as engine:
            try:
                return engine.position()
            except EngineUnavailable:
                return -1


def a_word() -> str:
    """A word that stands nowhere else."""
    return f"n{next(numbers)}n"


def some_asset(chance: Random, actor: User) -> Asset:
    """Any asset."""
    return questions.get(actor, chance.choice(session.scalars(select(Asset.id)).all()))


def create(chance: Random, actor: User) -> None:
    new = NewAsset(title=a_word(), publish=chance.random() < 0.5, allow_duplicate=True)
    assets.create(actor, new, a_file(new.title))


def rename(chance: Random, actor: User) -> None:
    assets.change(actor, some_asset(chance, actor), AssetChange(title=a_word()))


def publish(chance: Random, actor: User) -> None:
    publishing.publish(actor, some_asset(chance, actor), None)


def add_version(chance: Random, actor: User) -> None:
    new = NewVersion(change_note="Newer", publish=chance.random() < 0.5)
    publishing.add_version(actor, some_asset(chance, actor), new, a_file(a_word()))


def retire(chance: Random, actor: User) -> None:
    retirement.retire(actor, some_asset(chance, actor), Retirement(reason="It is old"))


def restore(chance: Random, actor: User) -> None:
    retirement.restore(actor, some_asset(chance, actor))


def join(chance: Random, actor: User) -> None:
    into = some_asset(chance, actor).id
    joining.join(actor, some_asset(chance, actor), Join(into=into, change_note="The same"))


def find_title(chance: Random, actor: User) -> None:
    """What the worker does who has read a text: it writes no audit line."""
    asset = some_asset(chance, actor)
    lock(asset)
    asset.title = a_word()
    indexing.changed(asset)


VERBS = (create, create, create, rename, publish, add_version, retire, restore, join)
# Audit lines make transactions queue; these overlap.
UNAUDITED = (find_title,)


def write(seed: str) -> None:
    """Change this and that in transactions of any length; some fail, some are undone."""
    chance = Random(seed)
    for _ in range(EACH):
        try:
            with transaction():
                some_changes(chance)
            if chance.random() < 0.2:
                with transaction():
                    indexing.compact()
        except Undone:
            pass
        except OperationalError as problem:
            # Two that lock the same assets in another order: one has to yield.
            assert "deadlock" in str(problem), problem
    session.remove()


def some_changes(chance: Random) -> None:
    """A few changes, and time to be overtaken between them and before the commit."""
    actor = people.by_email(cast.email("max"))
    assert actor is not None
    verbs = chance.choice([VERBS, UNAUDITED])
    for _ in range(chance.randint(1, 3)):
        with suppress(HubError), attempt():
            chance.choice(verbs)(chance, actor)
        time.sleep(chance.choice(PAUSES))
    if chance.random() < 0.1:
        raise Undone
    pause = chance.choice(PAUSES)
    at_the_end("later than the index", lambda: time.sleep(pause))


def disturb(machines: list[Machine], seed: str, is_over: Event) -> None:
    """Kill followers and start them, at any moment; in each burst one may be off for long."""
    chance = Random(seed)
    resting = chance.choice([None, *machines])
    while not is_over.wait(chance.uniform(0.5, 3)):
        machine = chance.choice(machines)
        machine.kill()
        if machine is not resting:
            machine.start()


def burst(machines: list[Machine], seed: str) -> None:
    """Everybody writes at once while followers come and go."""
    is_over = Event()
    disturber = Thread(target=disturb, args=(machines, seed, is_over))
    disturber.start()
    try:
        with ThreadPoolExecutor(WRITERS) as writers:
            list(writers.map(write, [f"{seed} writer {one}" for one in range(WRITERS)]))
    finally:
        is_over.set()
        disturber.join()
    print(f"{seed}: {[machine.position() for machine in machines]} of {indexing.newest_change()}")


def differences(engine: Engine) -> list[str]:
    """Where an index and the database do not agree: about assets, titles, the last change."""
    titles = {row.title: row.id for row in session.execute(select(Asset.title, Asset.id))}
    found = []
    if engine.asset_ids() != frozenset(titles.values()):
        found.append(f"assets {sorted(engine.asset_ids() ^ set(titles.values()))}")
    if engine.position() != indexing.newest_change():
        found.append(f"position {engine.position()}, not {indexing.newest_change()}")
    for word in {*titles, *(f"n{number}n" for number in range(1, int(a_word()[1:-1])))}:
        hits = pages_by_asset(engine.search(parse(f"title:{word}"), match_all=True, best=5))
        if set(hits) != ({titles[word]} if word in titles else set()):
            found.append(f"title {word}: {sorted(hits)}, not {titles.get(word)}")
    return found


def are_there(machines: list[Machine]) -> bool:
    """Whether every index is as far as the database."""
    return {one.position() for one in machines} == {indexing.newest_change()}


@pytest.fixture
def machines(app, tmp_path) -> Iterator[list[Machine]]:
    """Two machines on the test's database, with an index each and no follower yet."""
    url = db.engine().url.render_as_string(hide_password=False)
    with ExitStack() as ending:
        found = [Machine(url, tmp_path / name) for name in ("first", "second")]
        for machine in found:
            ending.callback(machine.kill)
        yield found


@pytest.mark.parametrize("seed", ["walrus"])
def test_every_index_agrees_with_the_database_whatever_happens(machines, max, seed):
    with transaction():
        create(Random(seed), session.merge(max, load=False))
    for number in range(BURSTS):
        burst(machines, f"{seed} {number}")
        for machine in machines:
            machine.start()
        session.rollback()
        wait_until(lambda: are_there(machines), "both are there", 30)
        for machine in machines:
            with machine.engine() as engine:
                assert differences(engine) == [], f"seed {seed}, burst {number}"
