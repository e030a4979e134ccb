"""flask db: the database's schema."""

import click
from flask.cli import with_appcontext

from app import schema


@click.group("db")
def group() -> None:
    """The database's schema."""


@group.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to what the code needs."""
    schema.upgrade()
    click.echo(f"The database is at {schema.current()}.")


@group.command()
@click.argument("to", default="-1")
@with_appcontext
def downgrade(to: str) -> None:
    """Take the database back by a step, or to a migration."""
    schema.downgrade(to)
    click.echo(f"The database is at {schema.current() or 'nothing'}.")


@group.command()
@with_appcontext
def check() -> None:
    """Say whether the database is what the code needs."""
    current, head = schema.current(), schema.head()
    if current != head:
        raise click.ClickException(
            f"The database is at {current or 'nothing'}, the code at {head}. Run: flask db upgrade"
        )
    click.echo(f"The database is at {head}, as it should be.")
