"""Two people at once, on databases that let both go on: what must be true stays true."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app import db
from app.choices import Role
from app.config import ROOT
from app.db import one_at_a_time, session, transaction
from app.errors import Conflict, HubError, Invalid, NotFound
from app.inputs.asset import Join
from app.inputs.person import NewPerson
from app.models import Asset, User
from app.queries import people as questions
from app.services import joining, people
from app.services.assets import NEW_LOCK
from app.services.locks import lock
from tests import places
from tests.factories import a_draft, an_asset, elsewhere

DEADLOCK = "40P01"
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def at_once(*works: Callable[[], object]) -> list[str]:
    """Do all in transactions side by side; answers what each was refused with, or ""."""
    ready = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> str:
        try:
            ready.wait(5)
            with transaction():
                work()
        except HubError as problem:
            return type(problem).__name__
        except OperationalError as problem:
            return str(problem.orig.sqlstate)
        finally:
            session.remove()
        return ""

    session.rollback()
    with ThreadPoolExecutor(len(works)) as threads:
        return sorted(threads.map(one, works))


def test_every_lock_has_a_number_of_its_own():
    sources = [*(ROOT / "app").rglob("*.py"), ROOT / "migrations" / "env.py"]
    found = [re.findall(r"^[A-Z]+_LOCK = (\d+)", one.read_text(), re.MULTILINE) for one in sources]
    numbers = [number for some in found for number in some]
    assert len(numbers) >= 8 and len(set(numbers)) == len(numbers)


def test_an_address_gets_one_account(app):
    new = NewPerson(email="new@example.com", role=Role.REP)
    assert at_once(*[lambda: people.add(None, new)] * 4) == ["", *[Invalid.__name__] * 3]


def test_what_somebody_else_took_out_before_it_was_locked_is_not_found(max):
    draft, into = a_draft(max), an_asset(max, "Other").id
    draft_id, max_id = draft.id, max.id

    def join() -> None:
        with transaction():
            asked = Join(into=into, change_note="The same")
            joining.join(session.get_one(User, max_id), session.get_one(Asset, draft_id), asked)

    elsewhere(join)
    with pytest.raises(NotFound, match="just been taken out"):
        lock(draft)


def test_a_team_that_is_new_to_two_is_made_once(app):
    both = [NewPerson(email=f"{one}@example.com", role=Role.REP, team="West") for one in "ab"]
    works = [lambda new=new: people.add(None, new) for new in both]
    assert at_once(*works) == ["", ""]


def test_two_admins_cannot_take_each_others_leave(ada, max):
    with transaction():
        session.get_one(User, max.id).role = Role.ADMIN
    works = [
        lambda one=one: people.deactivate(None, session.get_one(User, one))
        for one in (ada.id, max.id)
    ]
    assert at_once(*works) == ["", Conflict.__name__]
    assert questions.active_admins() == 1


def test_assets_with_the_same_title_get_addresses_of_their_own(max):
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: an_asset(session.get_one(User, max.id)), range(4)))
    assert len({asset.slug for asset in made}) == 4


@pytest.mark.parametrize(
    "path",
    ["/assets/%00", "/assets/a%00b/versions", "/search?q=a%00", "/audit?action=a%00&cursor=%00"],
)
def test_a_nul_in_an_address_is_no_error_of_ours(browse, path):
    assert browse("ada").get(path).status_code < 500


def test_a_nul_in_what_is_sent_is_no_error_of_ours(app, call):
    sent = {"email": "a\0b@example.com", "password": "\0"}
    assert app.test_client().post("/sign-in", data=sent).status_code == 401
    assert call("max").get("/api/v1/assets?tag=%00&owner=%00@x.org").status_code < 500


@pytest.fixture
def impatient(app, monkeypatch):
    """Wait for other writers for a second, on both databases, rather than for fifteen."""
    monkeypatch.setattr(db, "BUSY_SECONDS", 1)
    monkeypatch.setitem(db.transaction.__wrapped__.__kwdefaults__, "patience", 1)
    db.engine().dispose()
    yield
    # A connection keeps what it was told at its beginning.
    session.remove()
    db.engine().dispose()


def test_who_waits_too_long_for_others_is_told_that_it_is_busy(call, impatient):
    client, taken, is_over = call("max"), threading.Event(), threading.Event()

    def hold() -> None:
        with transaction():
            one_at_a_time(NEW_LOCK)
            taken.set()
            is_over.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    taken.wait(30)
    answer = client.post("/api/v1/assets", data={"url": "https://example.com", "title": "A link"})
    is_over.set()
    other.join()
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert "busy" in answer.json["detail"]


@pytest.mark.services
@places.postgresql_only
def test_of_two_who_block_each_other_one_is_asked_to_try_again(app, max):
    one, two = an_asset(max, "One").id, an_asset(max, "Two").id
    first_is_held = threading.Barrier(2)

    def hold(first: int, second: int) -> None:
        lock(session.get_one(Asset, first))
        first_is_held.wait(5)
        lock(session.get_one(Asset, second))

    assert at_once(lambda: hold(one, two), lambda: hold(two, one)) == ["", DEADLOCK]


@pytest.mark.services
@places.postgresql_only
def test_a_connection_that_died_between_two_statements_is_no_error_of_the_next(max):
    an_asset(max)
    count = select(func.count()).select_from(Asset)
    assert session.scalar(count) == 1
    with db.engine().connect() as other:
        other.execute(text(CUT))
    with transaction():
        assert session.scalar(count) == 1


@pytest.mark.services
@places.postgresql_only
@pytest.mark.parametrize("state", [DEADLOCK, "40001", "55P03", "57014", "23505"])
def test_a_collision_is_told_as_busy(app, state):
    with pytest.raises(DBAPIError) as raised, transaction():
        session.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))
    with app.test_request_context("/api/v1/me"):
        answer = app.handle_user_exception(raised.value)
    assert answer.status_code == 503 and "busy" in answer.json["detail"]
