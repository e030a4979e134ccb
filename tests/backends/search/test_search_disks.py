"""Disks that take no more: what is there is searched, and what failed is said and tried again."""

import os
import resource
import subprocess
from contextlib import ExitStack, contextmanager

import pytest

from app.backends.search.base import CannotWrite, Change, EngineUnavailable
from app.text.query import parse


@contextmanager
def no_room():
    """No file can grow, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_costs_the_new_words_alone_and_heals(filled, opened, folder, asset):
    engine, more = opened(), [Change(50, asset(50, "Acme", "alpha"))]
    before = engine.asset_ids()
    with no_room():
        with pytest.raises((EngineUnavailable, CannotWrite)):
            engine.apply(more, 8)
        with pytest.raises(CannotWrite):
            engine.rebuild([asset(1, "Acme")], 8)
        for seen in (engine, opened()):
            assert (seen.position(), seen.asset_ids()) == (7, before)
            assert seen.search(parse("alpha"), match_all=True, best=5).best
    engine.apply(more, 8)
    assert (engine.position(), len(engine.asset_ids())) == (8, 50)
    assert len(list(folder.glob("index-*"))) == 1


def test_a_disk_that_fills_during_a_rebuild_leaves_the_living_index(filled, opened, folder, asset):
    engine = opened()
    with ExitStack() as full:

        def documents():
            yield asset(1, "Acme", "alpha")
            full.enter_context(no_room())
            yield asset(2, "Acme", "alpha")

        with pytest.raises((EngineUnavailable, CannotWrite)):
            engine.rebuild(documents(), 8)
    assert (engine.position(), len(engine.asset_ids())) == (7, 49)
    assert len(list(folder.glob("index-*"))) == 1


@pytest.fixture
def read_only(filled, folder):
    """The folder, of which nothing can be changed."""
    if os.geteuid():
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o500 if path.is_dir() else 0o400)
        yield folder
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700)
        return
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        pytest.skip("this root may not mount, and nothing else stops root from writing")
    subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_read_only_folder_is_said_to_be_read_only(read_only, opened):
    engine = opened()
    for write in (lambda: engine.apply([], 8), lambda: engine.rebuild([], 8)):
        with pytest.raises(CannotWrite, match="cannot be written"):
            write()
    with pytest.raises(CannotWrite):
        engine.ask_for_rebuild()
    engine.note_followed()
    assert engine.followed_at() is None


def test_a_read_only_folder_is_searched_by_who_had_it_open(filled, opened, request):
    reader = opened()
    assert reader.position() == 7
    request.getfixturevalue("read_only")
    assert reader.search(parse("alpha"), match_all=True, best=5).best


def test_a_read_only_folder_is_searched_or_said_to_be_unavailable(read_only, opened):
    try:
        assert opened().search(parse("alpha"), match_all=True, best=5).best
    except EngineUnavailable as error:
        assert str(error)
