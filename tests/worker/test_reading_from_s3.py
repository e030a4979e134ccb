"""Reading files that lie in S3: an outage says nothing of a file."""

import pytest

from app.choices import TextState
from app.services import reading
from app.services.versions import resolve
from tests.factories import an_asset, read_all


@pytest.fixture
def version(s3_store, max):
    """A version that nobody has read, in S3."""
    return resolve(max, an_asset(max, text="The walrus plan."))


@pytest.mark.parametrize("answer", [500, 403, "cut", "stall", "cut answer"])
def test_an_outage_leaves_it_to_be_read_later(version, s3_proxy, answer):
    s3_proxy.fail(answer, lambda one: one.method == "GET")
    read_all()
    assert version.text_state is TextState.PENDING and version.id in reading.unread(10)
    s3_proxy.heal()
    read_all()
    assert version.text_state is TextState.READY and version.pages[0].text == "The walrus plan."


def test_a_missing_file_is_told(version, s3_store):
    s3_store._clients.patient().delete_object(**s3_store._at(version.sha256))
    read_all()
    assert version.text_state is TextState.FAILED and "found" in version.text_problem


def test_a_damaged_file_is_told(version, s3_store):
    s3_store._clients.patient().put_object(**s3_store._at(version.sha256), Body=b"other words")
    read_all()
    assert version.text_state is TextState.FAILED and "damaged" in version.text_problem


def test_nothing_stays_on_this_machine(version, s3_store):
    s3_store.sweep(-60)
    read_all()
    assert not list(s3_store._folder.iterdir())
