"""flask index: the search index, made anew or compared with the database."""

import time

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.db import session
from app.models.asset import Asset
from app.services import indexing


@click.group("index")
def group() -> None:
    """The search index."""


@group.command()
@with_appcontext
def rebuild() -> None:
    """Make the index anew beside the living one, then change over."""
    started = time.monotonic()
    indexing.rebuild(registry.engine())
    registry.engine().close()
    click.echo(f"The index is made anew, in {time.monotonic() - started:.1f} s.")


@group.command()
@with_appcontext
def check() -> None:
    """Compare the index with the database."""
    try:
        position, held = registry.engine().position(), registry.engine().asset_ids()
    except EngineUnavailable as problem:
        raise click.ClickException(
            f"The index cannot be used: {problem}. Run: flask index rebuild"
        ) from None
    wanted = frozenset(session.scalars(select(Asset.id)))
    behind = indexing.newest_change() - position
    click.echo(f"{len(held)} assets in the index, {len(wanted)} in the database, {behind} behind.")
    if behind == 0 and held != wanted:
        raise click.ClickException("They differ. Run: flask index rebuild")
