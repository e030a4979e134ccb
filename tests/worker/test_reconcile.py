"""What is due is found by looking at the rows."""

from datetime import timedelta

import pytest

from app import clock
from app.backends.storage import registry as storing
from app.choices import Status, TextState
from app.clock import now, today
from app.db import session, transaction
from app.models import IndexChange, SignInAttempt
from app.queries import assets
from app.services import reading
from app.services.versions import resolve
from app.worker import reconcile
from app.worker.tasks import read_version
from tests import places
from tests.factories import a_deck, a_draft, a_file, an_asset, elsewhere, read_all


def later(monkeypatch, **by: float) -> None:
    """Let some time pass."""
    then = now() + timedelta(**by)
    for module in ("app.clock", "app.services.publishing", "app.services.sign_in"):
        monkeypatch.setattr(f"{module}.now", lambda: then)


def test_a_lost_task_is_found_again(max):
    version = resolve(max, an_asset(max))
    assert version.id in reading.unread(10)


def test_reading_twice_changes_nothing(max):
    version = resolve(max, an_asset(max, file=a_file(a_deck("A: b"), "a.pptx")))
    for _ in range(2):
        elsewhere(lambda: read_version(version.id))
    assert len(version.pages) == 1


def test_a_version_that_cannot_be_read_says_why_and_keeps_its_file(max):
    version = resolve(max, an_asset(max, file=a_file(b"PK\x03\x04 broken", "a.pptx")))
    read_all()
    assert version.text_state is TextState.FAILED and version.text_problem
    assert storing.current().open(version.sha256).read() == b"PK\x03\x04 broken"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "a.png"), (b"\x00\x9f\x01" * 50, "a.xyz")],
)
def test_a_picture_or_an_unknown_file_has_no_text_and_that_is_no_failure(max, content, name):
    version = resolve(max, an_asset(max, file=a_file(content, name)))
    read_all()
    assert (version.text_state, version.text_problem) == (TextState.NONE, "")


@places.folder_only
def test_a_lost_file_is_said_to_be_lost(max):
    version = resolve(max, an_asset(max))
    storing.current().local_path(version.sha256).unlink()
    read_all()
    assert "doctor" in version.text_problem


def test_a_scheduled_draft_is_published_when_its_time_has_come(max, rae, monkeypatch):
    draft = a_draft(max, publish_at=now() + timedelta(hours=1))
    elsewhere(reconcile.the_clock)
    assert draft.status is Status.DRAFT
    later(monkeypatch, hours=2)
    elsewhere(reconcile.the_clock)
    assert assets.get(rae, draft.id).current_version.number == 1


def test_an_asset_is_retired_after_its_last_day(max, monkeypatch):
    asset = an_asset(max, expires_on=today())
    elsewhere(reconcile.the_clock)
    assert asset.status is Status.PUBLISHED
    later(monkeypatch, days=1)
    elsewhere(reconcile.the_clock)
    assert asset.status is Status.RETIRED and str(asset.expires_on) in asset.retired_reason


def test_changes_are_compacted_to_one_an_asset(max):
    asset = an_asset(max)
    read_all()
    newest = session.query(IndexChange).order_by(IndexChange.seq.desc()).first().seq
    elsewhere(reconcile.leftovers)
    left = session.query(IndexChange).all()
    assert [(one.asset_id, one.seq) for one in left] == [(asset.id, newest)]


def test_old_wrong_tries_are_forgotten(app):
    with transaction():
        session.add(SignInAttempt(key="0" * 64, at=clock.now() - timedelta(hours=1)))
    elsewhere(reconcile.leftovers)
    assert session.query(SignInAttempt).count() == 0
