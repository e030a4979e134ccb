"""Migrations: up and down with data in the tables, and equal to the models."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from app import db, schema
from app.db import Base
from app.queries import assets
from tests.factories import a_retired_asset, a_version, an_asset


def test_the_models_equal_the_migrated_schema(app):
    with db.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_all_the_way_down_and_up_again_with_data(max):
    a_version(max, an_asset(max))
    a_retired_asset(max)
    db.session.remove()
    schema.downgrade("base")
    assert inspect(db.engine()).get_table_names() == ["alembic_version"]
    schema.upgrade()
    assert schema.current() == schema.head()


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_constraint_has_a_name(table):
    nameless = [one for one in Base.metadata.tables[table].constraints if one.name is None]
    assert nameless == []


def test_a_query_finds_what_a_migrated_database_holds(max, rae):
    asset = an_asset(max)
    assert assets.get(rae, asset.slug).id == asset.id
