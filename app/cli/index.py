"""flask index: the search index, made anew or compared with the database."""

import time

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.backends.search import registry
from app.backends.search.base import Engine, EngineUnavailable, WriterBusy
from app.db import session
from app.models.asset import Asset
from app.services import indexing

PATIENCE = 3600.0


@click.group("index")
def group() -> None:
    """The search index."""


@group.command()
@with_appcontext
def rebuild() -> None:
    """Make the index anew beside the living one, then change over."""
    started, engine = time.monotonic(), registry.engine()
    try:
        indexing.rebuild(engine)
        engine.close()
    except WriterBusy:
        click.echo("The hub runs: its follower makes the index anew ...")
        engine.ask_for_rebuild()
        _wait_for_the_follower(engine)
    click.echo(f"The index is made anew, in {time.monotonic() - started:.1f} s.")


def _wait_for_the_follower(engine: Engine) -> None:
    deadline = time.monotonic() + PATIENCE
    while engine.is_rebuild_wanted():
        if time.monotonic() > deadline:
            raise click.ClickException("The follower did not do it. Its log says why.")
        time.sleep(0.1)


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
