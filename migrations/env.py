"""Alembic's way to the hub's database and models."""

from alembic import context

from app import models
from app.db import Base, engine

assert models.__all__


def run() -> None:
    """Run the migrations in one transaction, where the database can."""
    with engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
