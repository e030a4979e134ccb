"""The example company comes in step by step, and goes out with exactly what it brought."""

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import db
from app.backends.storage import registry
from app.backends.storage.base import Store
from app.db import session, transaction
from app.errors import Conflict, NotFound
from app.models import Asset, AuditLine, Deal, Feedback, IndexChange, Use, User, Version
from app.queries import example as questions
from app.queries import people
from app.services.example import content, loading, removal
from app.worker import reconcile, tasks
from tests import places
from tests.conftest import SECRET
from tests.factories import (
    a_deal,
    a_use,
    a_version,
    an_asset,
    elsewhere,
    read_all,
    some_feedback,
)

FEW_ASSETS = ("business-case-deck", "security-questionnaire", "uk-price-list", "price-list")


@pytest.fixture(scope="module")
def folder():
    """Its files, made once."""
    with loading.files() as made:
        yield made


@pytest.fixture
def small(monkeypatch, folder):
    """The company with a handful of pieces, so that a test takes a second."""
    few = tuple(one for one in content.catalogue.assets() if one.key in FEW_ASSETS)
    monkeypatch.setattr(content.catalogue, "assets", lambda: few)
    monkeypatch.setattr(loading, "files", lambda: nullcontext(folder))
    monkeypatch.setattr("app.services.example.deals.notes", lambda: ())
    loading._steps.cache_clear()
    yield few
    loading._steps.cache_clear()


def rows() -> dict[str, int]:
    """How many rows each table has, but for those that only ever grow."""
    growing = {"audit_line", "index_change", "alembic_version"}
    tables = [one for one in db.Base.metadata.sorted_tables if one.name not in growing]
    return {one.name: session.scalar(select(func.count()).select_from(one)) for one in tables}


def bring_in() -> None:
    """Want it, and do as the worker does."""
    with transaction():
        loading.want(SECRET)
    elsewhere(lambda: tasks.load_example(1))
    read_all()
    elsewhere(reconcile.the_example)


@dataclass
class Kept:
    """Where the company has arrived once, for tests that begin with a copy of that."""

    database: Path
    store: Store | None = None


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A place for it; nobody takes files out of its store."""
    place = Kept(tmp_path_factory.mktemp("arrived") / "hub.db")
    yield place
    places.remove(place.database)


@pytest.fixture
def arrived(app, small, kept, database):
    """The small company is here; it came in for the first test that asked."""
    if kept.store is None:
        bring_in()
        let_go()
        places.copy(database, kept.database)
        kept.store = registry.current()
    else:
        let_go()
        places.remove(database)
        places.copy(kept.database, database)
        registry.use(kept.store)


def let_go() -> None:
    """Leave the database to itself: only what nobody is connected to can be copied."""
    session.remove()
    db.engine().dispose()


def test_it_arrives_with_all_that_it_should_have(app, small):
    bring_in()
    assert questions.arrival().is_whole
    assert session.query(Asset).count() == len(small)
    assert session.query(Deal).count() == 400
    assert session.query(Use).count() > 200


def test_its_people_can_come_in_with_the_hubs_own_password(app, arrived):
    sent = {"email": "aoife@larkfield.example", "password": loading.password(SECRET)}
    assert app.test_client().post("/sign-in", data=sent).location == "/"


def test_uses_have_the_stage_and_version_of_their_time(arrived):
    for use in session.query(Use).limit(200):
        assert use.stage is use.deal.stage_at(use.occurred_at) is not None
        assert use.version.published_at <= use.occurred_at


def test_a_step_that_was_cut_off_is_done_again_and_none_twice(app, small):
    with transaction():
        loading.want(SECRET)
    with loading.files() as folder:
        with pytest.raises(ZeroDivisionError), transaction():
            loading.step(0, loading.prepare(0, folder))
            raise ZeroDivisionError
        assert loading.next_step() == 0
        for _ in range(2):
            with transaction():
                loading.step(0, loading.prepare(0, folder))
    assert (loading.next_step(), session.query(Asset).count()) == (1, 1)


def test_it_cannot_be_wanted_twice(app, small):
    with transaction():
        loading.want(SECRET)
    with pytest.raises(Conflict), transaction():
        loading.want(SECRET)


def test_it_goes_with_exactly_what_it_brought(app, small, max):
    an_asset(max)
    read_all()
    before, files = rows(), sorted(registry.current().hashes())
    bring_in()
    with transaction():
        removed = removal.remove()
    with transaction():
        removal.remove_files(removed.hashes)
    assert rows() == before and sorted(registry.current().hashes()) == files
    assert (removed.with_it, list(removed.kept)) == (0, [])


def test_the_index_hears_of_what_went(arrived):
    ids = list(session.scalars(select(Asset.id)))
    with transaction():
        removal.remove()
    newest = session.scalars(select(IndexChange.asset_id).order_by(IndexChange.seq.desc()))
    assert set(newest.all()[: len(ids)]) == set(ids)


def test_what_cannot_stand_without_it_goes_too_and_is_counted(arrived, max, rae):
    theirs = session.scalars(select(Asset).limit(1)).one()
    a_use(rae, a_deal(rae), theirs)
    some_feedback(rae, theirs)
    a_version(max, theirs)
    with transaction():
        assert removal.remove().with_it == 3
    assert (session.query(Deal).count(), session.query(Feedback).count()) == (1, 0)


def test_a_note_that_only_touches_it_stays(arrived, max, rae):
    theirs, deal = session.scalars(select(Asset).limit(1)).one(), session.query(Deal).first()
    ours = an_asset(max)
    some_feedback(max, ours, assets=[{"id": ours.id}, {"id": theirs.id}])
    some_feedback(max, ours, deal=deal.external_id)
    with transaction():
        assert removal.remove().with_it == 0
    left = session.query(Feedback).all()
    assert [[one.asset.slug for one in note.about] for note in left] == [["acme-deck"]] * 2
    assert [note.deal_id for note in left] == [None, None]


def test_what_its_people_did_for_the_company_stays_with_their_accounts(arrived, max):
    ingrid = people.by_email("ingrid@larkfield.example")
    a_use(ingrid, a_deal(ingrid, "OURS", owner_email=ingrid.email), an_asset(max))
    with transaction():
        assert removal.remove().kept == ["Ingrid Solberg"]
    assert session.query(Use).one().person.email == ingrid.email
    assert session.query(Deal).one().owner is not None


def test_the_command_says_when_no_admin_is_left(app, small, ada):
    bring_in()
    with transaction():
        session.delete(session.merge(ada))
    printed = []
    run = app.test_cli_runner().invoke
    elsewhere(lambda: printed.append(run(args=["example", "remove"]).output))
    assert "flask user add EMAIL --role admin" in printed[0]


def test_somebody_who_made_the_companys_own_things_stays_deactivated(arrived):
    priya = people.by_email("priya@larkfield.example")
    an_asset(priya, "Our own deck")
    with transaction():
        assert removal.remove().kept == ["Priya Raman"]
    assert not people.by_email("priya@larkfield.example").is_active
    assert session.query(User).filter(User.email.like("%larkfield%")).count() == 1


def test_the_audit_log_stays_whole(arrived):
    with transaction():
        removal.remove()
    assert "example.removed" in set(session.scalars(select(AuditLine.action)))
    assert session.query(Version).count() == 0


def test_where_it_is_not_it_cannot_be_removed(app):
    with pytest.raises(NotFound), transaction():
        removal.remove()
