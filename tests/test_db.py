"""Transactions: return commits, raise rolls back, and what is due at the end happens once."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from app.clock import now
from app.db import after_commit, at_the_end, session, transaction
from app.models import Team, Version
from app.services.versions import resolve
from tests import places
from tests.factories import a_version, an_asset

NORMAL, FULL = 1, 2


def team_names() -> list[str]:
    """What is committed."""
    session.rollback()
    return sorted(team.name for team in session.query(Team))


def test_returning_commits(app):
    with transaction():
        session.add(Team(name="East", folded="east"))
    assert "East" in team_names()


def test_raising_undoes_everything(app):
    with pytest.raises(ZeroDivisionError), transaction():
        session.add(Team(name="East", folded="east"))
        raise ZeroDivisionError
    assert "East" not in team_names()


def test_a_transaction_inside_a_transaction_is_refused(app):
    with pytest.raises(RuntimeError), transaction(), transaction():
        pass


@pytest.mark.skipif(bool(places.SERVER), reason="is about SQLite's files")
def test_a_light_transaction_leaves_the_next_one_as_safe_and_patient_as_ever(app):
    def told(**how: Any) -> tuple[int, int]:
        with transaction(**how):
            ask = session.connection().exec_driver_sql
            return ask("PRAGMA synchronous").scalar(), ask("PRAGMA busy_timeout").scalar()

    light = {"is_light": True, "patience": 1.0}
    assert [told(), told(**light), told(**light), told()] == [
        (FULL, 15_000), (NORMAL, 1_000), (NORMAL, 1_000), (FULL, 15_000)
    ]  # fmt: skip


def test_what_was_due_after_a_commit_is_not_done_when_it_fails(app):
    done = []
    with pytest.raises(ZeroDivisionError), transaction():
        after_commit(lambda: done.append(1))
        raise ZeroDivisionError
    assert done == []


def test_the_same_work_at_the_end_is_done_once(app):
    done = []
    with transaction():
        at_the_end("it", lambda: done.append(1))
        at_the_end("it", lambda: done.append(2))
    assert done == [1]


def test_two_writers_at_once_both_succeed(app):
    def write(name: str) -> None:
        with transaction():
            session.add(Team(name=name, folded=name.casefold()))
        session.remove()

    threads = [threading.Thread(target=write, args=[f"Team {n}"]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(team_names()) == 10


def test_times_come_back_with_their_zone(max):
    assert an_asset(max).created_at.tzinfo is UTC


def test_a_time_without_zone_is_refused(max):
    asset = an_asset(max)
    with pytest.raises(StatementError), transaction():
        asset.created_at = datetime(2026, 1, 1)  # noqa: DTZ001
        session.add(asset)


def test_the_database_refuses_a_second_current_version(max):
    asset = an_asset(max)
    second = a_version(max, asset, publish=False)
    with pytest.raises(IntegrityError), transaction():
        second.is_current, second.published_at = True, now()
        session.add(second)


def test_the_database_refuses_a_later_version_without_a_note(max):
    asset = an_asset(max)
    first = resolve(max, asset)
    with pytest.raises(IntegrityError), transaction():
        kept = {"store": first.store, "sha256": first.sha256, "size": 1, "filename": "x"}
        session.add(
            Version(
                asset_id=asset.id,
                number=2,
                media_type="text/plain",
                text_state="none",
                created_by_id=max.id,
                created_at=now(),
                **kept,
            )
        )
