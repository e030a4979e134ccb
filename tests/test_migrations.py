"""Migrations: up and down with data in the tables, and equal to the models."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app import db, schema
from app.backends.queue.registry import open_queue
from app.choices import NoticeKind
from app.clock import now
from app.config import ROOT
from app.db import Base, transaction
from app.inputs.search import SynonymWords
from app.models import PopularSearch, SavedMatch
from app.queries import assets, people
from app.services import notices, synonyms
from app.services.notices import News
from tests import places
from tests.factories import (
    a_click,
    a_draft,
    a_retired_asset,
    a_saved_search,
    a_search,
    a_version,
    an_asset,
    read_all,
)

BEFORE_RECALLS = "7c1d0a55e2b4"
REVISIONS = [one.revision for one in ScriptDirectory(ROOT / "migrations").walk_revisions()]


@pytest.fixture
def with_data(max):
    """A database with something in every table that people fill."""
    a_version(max, an_asset(max, kind="deck", tags=["ocean"], stages=["interest"]))
    a_retired_asset(max)
    a_draft(max)
    a_click(max, a_search(max, total=1), an_asset(max, "Found"))
    saved = a_saved_search(max)
    with transaction():
        synonyms.add(people.by_email("ada@example.com"), SynonymWords(words=["deal", "chance"]))
        db.session.add(SavedMatch(saved_search_id=saved.id, asset_id=1, since=now()))
        db.session.add(PopularSearch(folded="walrus", text="Walrus", askers=2))
        news = News(NoticeKind.SAVED_SEARCH, "1/1", "1 new piece", "", "/search?q=walrus")
        notices.tell(max, news)
    read_all()
    db.session.remove()


def differences() -> list[object]:
    """What the models have and the database has not, or the other way round."""
    with db.engine().connect() as connection:
        options = {"compare_type": True, "include_name": schema.is_ours}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, Base.metadata)


def counts(*tables):
    """How many rows each of these tables has."""
    with db.engine().connect() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar() for one in tables
        ]


def test_the_models_equal_the_migrated_schema(app):
    assert differences() == []


def test_all_the_way_down_and_up_again_with_data(with_data):
    schema.downgrade("base")
    assert inspect(db.engine()).get_table_names() == ["alembic_version"]
    schema.upgrade()
    assert schema.current() == schema.head() and differences() == []


def test_every_migration_goes_down_and_up_by_itself_with_data(with_data):
    for revision in REVISIONS:
        assert schema.current() == revision
        schema.downgrade("-1")
        schema.upgrade("+1")
        assert schema.current() == revision
        schema.downgrade("-1")
    assert schema.current() == ""


def test_a_table_that_is_made_anew_keeps_what_points_at_its_rows(with_data):
    before = counts("asset", "asset_facet", "version", "page")
    schema.downgrade(BEFORE_RECALLS)
    schema.upgrade()
    assert counts("asset", "asset_facet", "version", "page") == before and min(before) > 0


@pytest.mark.services
@places.postgresql_only
def test_machines_that_start_at_once_migrate_one_after_the_other(tmp_path):
    place = tmp_path / "hub.db"
    places.make_empty(place)
    code = "import sys; from app import db, schema; db.connect(sys.argv[1]); schema.upgrade()"
    command = [sys.executable, "-c", code, places.database_url(place)]
    machines = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [machine.wait(timeout=60) for machine in machines] == [0, 0, 0]
    places.remove(place)


@pytest.mark.services
@places.postgresql_only
def test_the_queues_tables_are_none_of_the_migrations_business(with_data, tmp_path):
    url = db.engine().url.render_as_string(hide_password=False)
    open_queue("postgresql:", tmp_path, url).enqueue("read_version", 1)
    schema.downgrade("base")
    schema.upgrade()
    assert inspect(db.engine()).has_table("huey_task") and differences() == []


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_constraint_has_a_name(table):
    nameless = [one for one in Base.metadata.tables[table].constraints if one.name is None]
    assert nameless == []


def test_a_query_finds_what_a_migrated_database_holds(max, rae):
    asset = an_asset(max)
    assert assets.get(rae, asset.slug).id == asset.id
