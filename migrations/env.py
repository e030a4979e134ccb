"""Alembic's way to the hub's database and models."""

from alembic import context
from sqlalchemy import Connection

from app import models
from app.db import Base, engine
from app.schema import is_ours

assert models.__all__
MIGRATION_LOCK = 7300


def run() -> None:
    """Run the migrations in one transaction, where the database can."""
    with engine().connect() as connection:
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


def wait_for_others(connection: Connection) -> None:
    """Let machines that start at once migrate one after the other, for as long as it takes."""
    for name in ("lock_timeout", "statement_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {name} = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")


run()
