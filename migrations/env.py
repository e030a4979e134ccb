"""Alembic's way to the hub's database and models."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from app import models
from app.db import Base, engine
from app.schema import is_ours

assert models.__all__
MIGRATION_LOCK = 7300


def run() -> None:
    """Run the migrations in one transaction, where the database can."""
    with engine().connect() as connection, without_cascades(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=is_ours,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                wait_for_others(connection)
            context.run_migrations()
            if connection.dialect.name == "sqlite":
                refuse_broken(connection)


@contextmanager
def without_cascades(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew without deleting what points at its rows.

    The pragma does nothing inside a transaction, so it is said to the driver before there is one.
    """
    driver = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_broken(connection: Connection) -> None:
    """Undo the migration where it has left rows that point at nothing."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"rows point at nothing after the migration: {broken[:5]}")


def wait_for_others(connection: Connection) -> None:
    """Let machines that start at once migrate one after the other, for as long as it takes."""
    for name in ("lock_timeout", "statement_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {name} = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")


run()
