"""The contract of a store, on every store there is."""

import hashlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends.storage.base import StoreFull
from app.backends.storage.local import LocalStore
from app.backends.storage.registry import open_store


@pytest.fixture
def store(tmp_path):
    """A store of this test's own."""
    return open_store("file:content", tmp_path)


def put(store, content: bytes) -> str:
    """Store some bytes; answers their hash."""
    staged = store.stage()
    staged.write(content)
    stored = store.keep(staged)
    staged.discard()
    return stored.sha256


def files(store) -> list[str]:
    """Every file that lies in the store's folder."""
    return [file.name for file in store._folder.rglob("*") if file.is_file()]


def test_bytes_come_back_as_they_went_in(store):
    with store.open(put(store, b"some words")) as file:
        assert file.read() == b"some words"


def test_a_file_is_named_by_its_hash(store):
    assert put(store, b"some words") == hashlib.sha256(b"some words").hexdigest()


def test_the_same_bytes_are_stored_once(store):
    put(store, b"same"), put(store, b"same")
    assert len(files(store)) == 1


def test_what_is_discarded_leaves_nothing(store):
    staged = store.stage()
    staged.write(b"never mind")
    staged.discard()
    assert files(store) == []


def test_discarding_after_keeping_takes_nothing_away(store):
    kept = put(store, b"kept")
    assert files(store) == [kept]


def test_a_missing_file_is_not_found(store):
    with pytest.raises(FileNotFoundError):
        store.open("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x" * 64 + "/", "a" * 63])
def test_a_hash_is_never_a_path(store, name):
    with pytest.raises(FileNotFoundError):
        store.open(name)


def test_stored_files_are_read_only(store):
    sha256 = put(store, b"words")
    assert store.local_path(sha256).stat().st_mode & 0o777 == 0o400


def test_every_hash_is_listed(store):
    kept = {put(store, bytes([number])) for number in range(20)}
    assert set(store.hashes()) == kept


def test_old_leftovers_are_swept_and_new_ones_are_not(store):
    old, new = store.stage(), store.stage()
    os.utime(old.path(), (time.time() - 1000,) * 2)
    assert store.sweep(500) == 1 and new.path().exists()


def test_a_full_disk_is_told_as_such(store):
    staged = store.stage()
    with Path("/dev/full").open("wb", buffering=0) as full:
        os.dup2(full.fileno(), staged.fileno())
        with pytest.raises(StoreFull):
            staged.write(b"one too many")


@given(pieces=st.lists(st.binary(max_size=200), max_size=20))
def test_any_pieces_hash_as_their_whole(tmp_path_factory, pieces):
    staged = LocalStore(tmp_path_factory.mktemp("store")).stage()
    for piece in pieces:
        staged.write(piece)
    whole = b"".join(pieces)
    stored = staged.seal()
    staged.discard()
    assert (stored.sha256, stored.size) == (hashlib.sha256(whole).hexdigest(), len(whole))


@pytest.mark.parametrize("url", ["", "file:", "ftp://x", "s3"])
def test_an_unknown_store_is_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(ValueError, match="no such store"):
        open_store(url, tmp_path)
