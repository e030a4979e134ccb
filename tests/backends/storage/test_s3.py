"""What only S3 does wrong: weak stores, wrong settings, outages, and what people are told."""

import subprocess
import sys
import time

import pytest

from app.backends.storage.base import StoreFailed
from app.backends.storage.registry import open_store
from app.backends.storage.s3 import clients
from app.backends.storage.s3.place import place_of
from tests import s3
from tests.backends.storage.test_stores import leftovers, put
from tests.hub import ROOT

TRANSIENT = (500, 503, "cut", "stall")


@pytest.fixture
def store(s3_proxy, tmp_path):
    """A store of this test's own, behind a way that can be disturbed."""
    return open_store(s3.url(s3_proxy.endpoint), tmp_path)


def without_condition(request) -> None:
    """Ignore the condition, as weak stores do."""
    request.headers.pop("if-none-match", None)


class TestWeakStores:
    """Stores that lack something are recognised, and everything is right all the same."""

    def test_one_that_ignores_conditions_is_recognised(self, store, s3_proxy):
        s3_proxy.rule = without_condition
        store.check()
        assert store._is_guarded is False

    def test_one_that_honours_them_is_asked_to(self, store, s3_proxy):
        store.check()
        put(store, b"words")
        assert "if-none-match" in next(one for one in s3_proxy.seen if one.is_end).headers

    def test_one_that_ignores_them_is_not_asked(self, store, s3_proxy):
        s3_proxy.rule = without_condition
        store.check()
        both = [put(store, b"words"), put(store, b"words")]
        assert set(store.hashes()) == set(both) and leftovers(store) == 0

    def test_one_that_refuses_them_for_many_parts_is_not_asked_twice(self, store, s3_proxy):
        store.check()
        s3_proxy.fail(
            (501, "NotImplemented"), lambda one: one.is_end and "if-none-match" in one.headers
        )
        assert [put(store, b"words")] == list(store.hashes())

    @pytest.mark.parametrize("status", [400, 403, 501])
    def test_one_that_refuses_batches_is_swept_one_by_one(self, store, s3_proxy, moto, status):
        place = store._place
        for number in range(3):
            key = f"{place.root}.staging/{number}"
            s3.client(moto).put_object(Bucket=place.bucket, Key=key, Body=b"x")
        s3_proxy.fail((status, "MissingContentMD5"), lambda one: one.is_batch)
        assert leftovers(store) == 3 and leftovers(store) == 0

    def test_one_that_cannot_list_what_was_begun_is_swept_of_the_rest(self, store, s3_proxy):
        staged = store.stage()
        s3_proxy.fail((501, "NotImplemented"), lambda one: "uploads" in one.path)
        assert leftovers(store) == 1
        staged.discard()


class TestOutages:
    """Whatever S3 does wrong, nothing half there, an answer soon, and it works again after."""

    @pytest.mark.parametrize("answer", TRANSIENT)
    def test_while_parts_are_sent(self, store, s3_proxy, answer):
        s3_proxy.fail(answer, lambda one: one.is_part)
        with pytest.raises(StoreFailed):
            put(store, b"words" * 1000)
        s3_proxy.heal()
        assert list(store.hashes()) == [] and leftovers(store) <= 1
        assert [put(store, b"words" * 1000)] == list(store.hashes())

    @pytest.mark.parametrize("answer", TRANSIENT)
    def test_at_the_last_moment(self, store, s3_proxy, answer):
        s3_proxy.fail(answer, lambda one: one.is_end)
        staged = store.stage()
        staged.write(b"words")
        staged.seal()
        with pytest.raises(StoreFailed):
            store.keep(staged)
        staged.discard()
        assert list(store.hashes()) == [] and leftovers(store) == 0

    def test_when_only_the_last_answer_is_lost(self, store, s3_proxy, monkeypatch):
        twice = {"mode": "standard", "total_max_attempts": 2}
        monkeypatch.setitem(clients.BRIEF, "retries", twice)
        lost = iter(["cut answer"])
        s3_proxy.rule = lambda one: next(lost, None) if one.is_end else None
        assert [put(store, b"words")] == list(store.hashes())

    @pytest.mark.parametrize("answer", [*TRANSIENT, "cut answer"])
    def test_while_reading(self, store, s3_proxy, answer):
        sha256 = put(store, b"words" * 1000)
        s3_proxy.fail(answer, lambda one: one.method == "GET")
        with pytest.raises(StoreFailed), store.as_file(sha256):
            pass
        assert not list(store._folder.iterdir())

    @pytest.mark.parametrize("answer", TRANSIENT)
    def test_everything_else(self, store, s3_proxy, answer):
        sha256 = put(store, b"words")
        s3_proxy.fail(answer)
        for ask in (
            lambda: store.address(sha256, "a.pdf", "application/pdf"),
            lambda: list(store.hashes()),
            lambda: store.sweep(0),
            lambda: store.open(sha256),
        ):
            with pytest.raises(StoreFailed):
                ask()
        with pytest.raises(OSError, match=r"cannot be reached|does not work"):
            store.check()

    def test_a_short_one_is_not_noticed(self, store, s3_proxy, monkeypatch):
        thrice = {"mode": "standard", "total_max_attempts": 3}
        monkeypatch.setitem(clients.PATIENT, "retries", thrice)
        bad = iter([500, "cut"])
        s3_proxy.rule = lambda one: next(bad, None) if one.is_part else None
        assert [put(store, b"words")] == list(store.hashes())

    def test_a_request_ends_in_about_half_a_minute(self):
        patient, brief = (
            waiting["read_timeout"] * waiting["retries"]["total_max_attempts"]
            for waiting in (clients.PATIENT, clients.BRIEF)
        )
        assert patient + brief <= 30

    def test_nobody_listens_at_all(self, store, s3_proxy, tmp_path, monkeypatch):
        nowhere = open_store("s3://bucket/a?endpoint=http://127.0.0.1:1", tmp_path)
        began = time.monotonic()
        with pytest.raises(OSError, match="cannot be reached"):
            nowhere.check()
        assert time.monotonic() - began < 5


class TestWhatIsSaid:
    """Each wrong setting has a sentence of its own."""

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ((403, "InvalidAccessKeyId"), "does not accept the keys"),
            ((403, "SignatureDoesNotMatch"), "does not accept the keys"),
            ((403, "AccessDenied"), "docs/running.md"),
            ((404, "NoSuchBucket"), "There is no bucket quarterdeck"),
            ((400, "AuthorizationHeaderMalformed"), "another region"),
            ((403, "RequestTimeTooSkewed"), "clock"),
            (500, "does not work properly"),
        ],
    )
    def test_by_what_s3_answers(self, store, s3_proxy, answer, words):
        s3_proxy.fail(answer)
        with pytest.raises(OSError, match=words):
            store.check()

    def test_there_is_no_bucket(self, s3_proxy, tmp_path):
        wrong = s3.url(s3_proxy.endpoint).replace(s3.BUCKET, "nobody-made-it")
        with pytest.raises(OSError, match="There is no bucket nobody-made-it"):
            open_store(wrong, tmp_path).check()

    def test_there_are_no_keys(self, store, tmp_path, monkeypatch):
        for name in s3.KEYS:
            monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
        with pytest.raises(OSError, match="AWS_ACCESS_KEY_ID"):
            store.check()


class TestPlaces:
    """A STORAGE_URL names one place, and says so in a row."""

    @pytest.mark.parametrize(
        ("url", "name"),
        [
            ("s3://bucket", "s3://bucket/"),
            ("s3://bucket/a/b/?region=eu-west-1", "s3://bucket/a/b/"),
            ("s3://bucket/a?endpoint=http://Host:1/", "s3://bucket/a/?endpoint=http://host:1"),
        ],
    )
    def test_its_name_stays_the_same(self, url, name):
        assert place_of(url, {}).name == name

    @pytest.mark.parametrize(
        "url",
        [
            "s3://",
            "s3:bucket",
            "s3:///a",
            "s3://bucket/a/../b c",
            "s3://bucket?acl=public",
            "s3://bucket?endpoint=localhost:9000",
            "s3://bucket?endpoint=http://key:secret@host",
            "s3://bucket/" + "a" * 300,
        ],
    )
    def test_a_wrong_one_is_refused(self, tmp_path, url):
        with pytest.raises(ValueError, match=r"bucket|endpoint|longer"):
            open_store(url, tmp_path)

    def test_the_usual_variables_count(self):
        place = place_of("s3://bucket", {"AWS_ENDPOINT_URL": "http://host", "AWS_REGION": "north"})
        assert (place.endpoint, place.region) == ("http://host", "north")


def test_a_forked_process_has_connections_of_its_own(store, monkeypatch):
    ours = store._clients.patient()
    assert store._clients.patient() is ours
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert store._clients.patient() is not ours


def test_a_hub_without_s3_does_not_load_boto3():
    code = "import sys, app.factory; sys.exit('boto3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
