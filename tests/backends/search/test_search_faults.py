"""Damaged, lost and half-written indexes: said plainly, never a crash, healed by a rebuild."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from itertools import count

import pytest

from app.backends.search.base import Change, EngineUnavailable, WriterBusy
from app.backends.search.registry import open_engine
from app.config import ROOT
from app.text.query import parse


def living(folder):
    return folder / (folder / "CURRENT").read_text().splitlines()[0]


def files(folder):
    return sorted(path for path in living(folder).rglob("*") if path.is_file())


def delete_folder(folder):
    shutil.rmtree(folder)


def delete_living(folder):
    shutil.rmtree(living(folder))


def delete_pointer(folder):
    (folder / "CURRENT").unlink()


def garble_pointer(folder):
    (folder / "CURRENT").write_bytes(b"\xff\x00../../etc\n\n\n")


def point_outside(folder):
    lines = (folder / "CURRENT").read_text().splitlines()
    (folder / "CURRENT").write_text(f"../index/{lines[0]}\n{lines[1]}\n")


def claim_another_version(folder):
    lines = (folder / "CURRENT").read_text().splitlines()
    (folder / "CURRENT").write_text(f"{lines[0]}\ntantivy 0.1 schema 0\n")


def truncate_all(folder):
    for path in files(folder):
        os.truncate(path, path.stat().st_size // 3)


def empty_all(folder):
    for path in files(folder):
        os.truncate(path, 0)


def garble_all(folder):
    for path in files(folder):
        path.write_bytes(os.urandom(path.stat().st_size))


def delete_files(folder):
    for path in files(folder):
        path.unlink()


def make_files_folders(folder):
    for path in files(folder):
        path.unlink()
        path.mkdir()


DAMAGES = [
    delete_folder, delete_living, delete_pointer, garble_pointer, point_outside,
    claim_another_version, truncate_all, empty_all, garble_all, delete_files, make_files_folders,
]  # fmt: skip


def questions(engine):
    query = parse("alpha pricing")
    return [
        engine.position,
        engine.asset_ids,
        lambda: engine.search(query, match_all=False, best=5),
        lambda: engine.snippet(query, "alpha"),
        lambda: engine.apply([], 8),
    ]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_unavailable_until_it_is_rebuilt(damage, filled, opened, folder, asset):
    damage(folder)
    engine = opened()
    for ask in questions(engine):
        with pytest.raises(EngineUnavailable):
            ask()
    engine.rebuild([asset(1, "Acme")], 9)
    assert (engine.position(), engine.asset_ids()) == (9, {1})


def test_a_living_reader_notices_that_the_folder_is_gone(filled, opened, folder):
    reader = opened()
    assert reader.position() == 7
    shutil.rmtree(folder)
    time.sleep(0.15)
    with pytest.raises(EngineUnavailable):
        reader.search(parse("alpha"), match_all=True, best=5)


HARMS = [
    lambda path: path.unlink(),
    lambda path: path.write_bytes(os.urandom(path.stat().st_size)),
    lambda path: os.truncate(path, path.stat().st_size // 2),
    lambda path: os.truncate(path, 0),
]


def test_one_damaged_file_gives_answers_or_says_it_is_unavailable(filled, opened, folder, tmp_path):
    engine, kept, numbers = opened(), tmp_path / "kept", count()
    shutil.copytree(folder, kept)
    for name in [path.relative_to(folder) for path in files(folder)]:
        for harm in HARMS:
            harm(folder / name)
            for ask in questions(engine)[:4]:
                try:
                    ask()
                except EngineUnavailable as error:
                    assert str(error)
            engine.close()
            # Tantivy looks at what it opened in a thread of its own, which makes a lock's file: a
            # folder that is being emptied may get one more.
            folder.rename(tmp_path / f"aside-{next(numbers)}")
            shutil.copytree(kept, folder)


def test_the_folder_is_private(filled, folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_opened_or_made_before_it_is_needed(address, folder):
    open_engine(address).close()
    assert not folder.exists()


def test_many_changes_leave_no_pile_of_files(engine, folder, asset):
    for position in range(1, 21):
        engine.apply([Change(n, asset(n, "", f"alpha {position}")) for n in (1, 2)], position)
    assert len(files(folder)) < 100


WRITER = """
import sys
from pathlib import Path
from app.backends.search.base import AssetDocument, Change, PageText
from app.backends.search.registry import open_engine

engine = open_engine(sys.argv[1])
position = engine.position()
while True:
    position += 1
    page = PageText(1, "", f"alpha w{position}", "")
    document = AssetDocument(position, "", "", {}, True, (page,))
    engine.apply([Change(position, document)], position)
    print(position, flush=True)
"""


@pytest.mark.parametrize("wait", [0.05, 0.11, 0.17])
def test_a_killed_writer_loses_nothing_and_leaves_no_lock(wait, engine, opened, address):
    engine.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, address],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    acknowledged = [int(writer.stdout.readline()) for _ in range(3)][-1]
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
    writer.wait()
    survivor = opened()
    assert survivor.position() >= acknowledged
    assert survivor.asset_ids() == set(range(1, survivor.position() + 1))
    survivor.apply([], survivor.position() + 1)


REBUILDER = """
import sys
from datetime import UTC, datetime
from app.backends.search.base import AssetDocument, PageText, Progress, Why
from app.backends.search.registry import open_engine

engine, began = open_engine(sys.argv[1]), datetime.now(UTC)

def documents():
    for number in range(1, 10_000):
        if number in (1, 500):
            engine.report(Progress(number, 10_000, began, Why.ASKED))
            print(number, flush=True)
            sys.stdin.readline()
        yield AssetDocument(number, "", "", {}, True, (PageText(1, "", f"w{number} x", ""),))

engine.rebuild(documents(), 8)
"""


@pytest.mark.parametrize("line", [1, 2])
def test_a_rebuild_killed_half_way_is_swept_away_and_no_more_heard_of(
    line, filled, opened, folder, address
):
    rebuilder = subprocess.Popen(
        [sys.executable, "-c", REBUILDER, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    rebuilder.stdout.readline()
    for _ in range(line - 1):
        print(file=rebuilder.stdin, flush=True)
        rebuilder.stdout.readline()
    reader = opened()
    assert reader.progress().total == 10_000
    with pytest.raises(WriterBusy):
        opened().apply([], 8)
    rebuilder.kill()
    rebuilder.wait()
    assert (reader.progress(), reader.position()) == (None, 7)
    assert len(list(folder.glob("index-*"))) == 2
    opened().apply([], 8)
    assert [path.name for path in folder.glob("index-*")] == [living(folder).name]
    assert not (folder / "PROGRESS").exists()


def test_locks_that_dead_processes_left_do_not_matter(filled, opened, folder, asset):
    for place in (folder, living(folder)):
        for name in ("writer.lock", ".tantivy-writer.lock", "WRITELOCK", "MAIN_WRITELOCK"):
            (place / name).touch()
    engine = opened()
    engine.apply([Change(50, asset(50, "Acme", "alpha"))], 8)
    assert (engine.position(), len(engine.asset_ids())) == (8, 50)


def test_a_writer_whose_folder_was_deleted_makes_a_new_one(filled, opened, folder):
    writer = opened()
    writer.apply([], 8)
    shutil.rmtree(folder)
    writer.rebuild([], 9)
    assert writer.position() == 9
    with pytest.raises(WriterBusy):
        opened().apply([], 10)
