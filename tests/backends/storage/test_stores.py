"""The contract of a store, on every store there is."""

import hashlib
import os
import time
import urllib.request
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends.storage.base import Damaged, StoreFull
from app.backends.storage.local import LocalStore
from app.backends.storage.registry import open_store
from app.backends.storage.s3 import transfer
from deploy import seaweedfs
from tests import s3
from tests.factories import noise


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory):
    """A real S3 server's settings: one that runs already, else one of this process's own."""
    if given := os.environ.get("TEST_S3_URL"):
        yield {"STORAGE_URL": given}
    else:
        with seaweedfs.running(tmp_path_factory.mktemp("seaweedfs")) as settings:
            yield settings


@pytest.fixture
def in_seaweedfs(seaweed, monkeypatch):
    """A place there that nobody has used."""
    for name, value in seaweed.items():
        monkeypatch.setenv(name, value)
    head, _, tail = seaweed["STORAGE_URL"].partition("?")
    return f"{head.rstrip('/')}/{uuid.uuid4().hex}?{tail}"


@pytest.fixture
def in_moto(moto, monkeypatch):
    """A place in moto that nobody has used."""
    s3.give_keys(monkeypatch)
    return s3.url(moto)


@pytest.fixture
def on_disk():
    """A folder of the test's own."""
    return "file:content"


@pytest.fixture(
    params=["on_disk", "in_moto", pytest.param("in_seaweedfs", marks=pytest.mark.services)]
)
def store(request, tmp_path):
    """A store of this test's own."""
    opened = open_store(request.getfixturevalue(request.param), tmp_path)
    opened.check()
    return opened


@pytest.fixture
def disk(tmp_path):
    """A store on the local disk."""
    return open_store("file:content", tmp_path)


def put(store, content: bytes) -> str:
    """Store some bytes; answers their hash."""
    staged = store.stage()
    staged.write(content)
    staged.seal()
    stored = store.keep(staged)
    staged.discard()
    return stored.sha256


def leftovers(store) -> int:
    """How much lies there that is no file of the store."""
    return store.sweep(-60)


def test_bytes_come_back_as_they_went_in(store):
    with store.open(put(store, b"some words")) as file:
        assert file.read() == b"some words"


def test_a_file_of_many_parts_comes_back_whole(store, monkeypatch):
    monkeypatch.setattr(transfer, "PART", 5 * 1024 * 1024)
    content = noise(12_000_000)
    with store.as_file(put(store, content)) as path:
        assert path.read_bytes() == content


def test_a_file_is_named_by_its_hash(store):
    assert put(store, b"some words") == hashlib.sha256(b"some words").hexdigest()


def test_a_file_remembers_its_store_and_size(store):
    staged = store.stage()
    staged.write(b"words")
    stored = store.keep(staged)
    staged.discard()
    assert (stored.store, stored.size) == (store.name, 5)


def test_the_same_bytes_are_stored_once(store):
    kept = put(store, b"same")
    put(store, b"same")
    assert list(store.hashes()) == [kept] and leftovers(store) == 0


def test_the_same_bytes_at_the_same_time_are_stored_once(store):
    both = [store.stage(), store.stage()]
    for staged in both:
        staged.write(b"same")
        staged.seal()
    kept = {store.keep(staged).sha256 for staged in both}
    for staged in both:
        staged.discard()
    assert set(store.hashes()) == kept and leftovers(store) == 0


def test_what_was_cut_short_is_stored_again(store):
    staged = store.stage()
    staged.write(b"whole words")
    sha256 = staged.seal().sha256
    store.keep(staged)
    staged.discard()
    spoil(store, sha256, b"who")
    put(store, b"whole words")
    with store.open(sha256) as file:
        assert file.read() == b"whole words"


def test_what_is_sealed_and_not_kept_is_no_file(store):
    staged = store.stage()
    staged.write(b"never mind")
    staged.seal()
    assert list(store.hashes()) == []
    staged.discard()


def test_what_is_discarded_leaves_nothing(store):
    staged = store.stage()
    staged.write(b"never mind")
    assert staged.seal() == staged.seal()
    staged.discard()
    staged.discard()
    assert list(store.hashes()) == [] and leftovers(store) == 0


def test_discarding_after_keeping_takes_nothing_away(store):
    kept = put(store, b"kept")
    assert list(store.hashes()) == [kept]


def test_a_file_can_be_looked_at_until_it_is_kept(store):
    staged = store.stage()
    staged.write(b"words")
    staged.seal()
    assert staged.path().read_bytes() == b"words"
    staged.discard()
    assert not staged.path().exists()


def test_a_missing_file_is_not_found(store):
    with pytest.raises(FileNotFoundError):
        store.open("0" * 64)
    with pytest.raises(FileNotFoundError), store.as_file("0" * 64):
        pass


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x" * 64 + "/", "a" * 63])
def test_a_hash_is_never_a_path(store, name):
    with pytest.raises(FileNotFoundError):
        store.open(name)
    with pytest.raises(FileNotFoundError), store.as_file(name):
        pass


def test_a_file_of_this_machine_lasts_as_long_as_it_is_used(store):
    sha256 = put(store, b"words")
    with store.as_file(sha256) as path:
        assert path.read_bytes() == b"words"
    assert path.exists() == (store.local_path(sha256) is not None) and leftovers(store) == 0


def test_every_hash_is_listed(store):
    kept = {put(store, bytes([number])) for number in range(20)}
    assert set(store.hashes()) == kept


def test_a_store_that_works_passes_its_check_and_keeps_nothing_of_it(store):
    store.check()
    assert list(store.hashes()) == [] and leftovers(store) == 0


def test_leftovers_are_swept_when_they_are_old(store):
    staged = store.stage()
    staged.write(b"words")
    os.utime(staged.path(), (time.time() - 1000,) * 2)
    assert store.sweep(2000) == 0 and store.sweep(500) == 1


def test_what_was_begun_and_never_ended_is_swept(store):
    staged = store.stage()
    staged.write(b"words")
    staged.seal()
    assert leftovers(store) > 0 and leftovers(store) == 0


def test_sweeping_takes_no_file_away(store):
    kept = put(store, b"kept")
    store.sweep(-60)
    assert list(store.hashes()) == [kept]


def test_an_address_gives_the_file_under_its_name(store):
    sha256 = put(store, b"words")
    address = store.address(sha256, "Übung “x” v1.pdf", "application/pdf")
    if address is None:  # The hub sends these itself.
        return
    with urllib.request.urlopen(address) as answer:
        assert (answer.read(), answer.headers["Content-Type"]) == (b"words", "application/pdf")
        assert "filename*=UTF-8''%C3%9Cbung" in answer.headers["Content-Disposition"]


def test_an_address_of_what_is_missing_is_not_given(store):
    if store.local_path("0" * 64) is None:
        with pytest.raises(FileNotFoundError):
            store.address("0" * 64, "a.pdf", "application/pdf")


def test_a_full_disk_is_told_as_such(store):
    staged = store.stage()
    with Path("/dev/full").open("wb", buffering=0) as full:
        os.dup2(full.fileno(), staged.fileno())
        with pytest.raises(StoreFull):
            staged.write(b"one too many")


def test_stored_files_are_read_only(disk):
    sha256 = put(disk, b"words")
    assert disk.local_path(sha256).stat().st_mode & 0o777 == 0o400


@given(pieces=st.lists(st.binary(max_size=200), max_size=20))
def test_any_pieces_hash_as_their_whole(tmp_path_factory, pieces):
    staged = LocalStore(tmp_path_factory.mktemp("store")).stage()
    for piece in pieces:
        staged.write(piece)
    whole = b"".join(pieces)
    stored = staged.seal()
    staged.discard()
    assert (stored.sha256, stored.size) == (hashlib.sha256(whole).hexdigest(), len(whole))


def test_bytes_that_are_not_those_of_their_hash_are_damaged(store):
    sha256 = put(store, b"words")
    if store.local_path(sha256) is None:
        spoil(store, sha256, b"sword")
        with pytest.raises(Damaged), store.as_file(sha256):
            pass


def spoil(store, sha256: str, content: bytes) -> None:
    """Put other bytes where a file is."""
    if path := store.local_path(sha256):
        path.chmod(0o600)
        path.write_bytes(content)
    else:
        store._clients.patient().put_object(**store._at(sha256), Body=content)


@pytest.mark.parametrize("url", ["", "file:", "ftp://x", "s3"])
def test_an_unknown_store_is_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(ValueError, match="no such store"):
        open_store(url, tmp_path)
