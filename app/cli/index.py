"""flask index: the search index, made anew or compared with the database."""

import sys
import time
from contextlib import ExitStack
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.backends.search import registry
from app.backends.search.base import (
    CannotWrite,
    Engine,
    EngineUnavailable,
    Progress,
    WriterBusy,
)
from app.db import session
from app.models.asset import Asset
from app.services import indexing

PATIENCE = 120.0
TENTHS, REDRAWN = 10, 200


@click.group("index")
def group() -> None:
    """The search index."""


@group.command()
@with_appcontext
def rebuild() -> None:
    """Make the index anew beside the living one, then change over."""
    started, engine = time.monotonic(), registry.engine()
    with Shown() as shown:
        try:
            indexing.rebuild(engine, told=shown.tell)
            engine.close()
        except WriterBusy:
            click.echo("The hub runs: its follower makes the index anew ...")
            _wait_for_the_follower(engine, shown)
        except CannotWrite as problem:
            raise click.ClickException(str(problem)) from None
    click.echo(f"The index is made anew, in {time.monotonic() - started:.1f} s.")


class Shown:
    """How far it is: a bar on a terminal, elsewhere a line for each tenth."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._bar: Any = None
        self._told = 0

    def __enter__(self) -> "Shown":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def tell(self, progress: Progress) -> None:
        """Show it; what was shown already is not shown again."""
        if sys.stdout.isatty():
            self._draw(progress)
        elif progress.total:
            tenth = progress.done * TENTHS // progress.total
            if tenth > self._told:
                click.echo(f"{progress.done} of {progress.total} assets ({tenth * 10} %)")
            self._told = max(tenth, self._told)

    def _draw(self, progress: Progress) -> None:
        if self._bar is None:
            bar = click.progressbar(length=progress.total, label="Assets", show_pos=True)
            self._bar = self._open.enter_context(bar)
        more = progress.done - self._bar.pos
        if more > progress.total // REDRAWN or progress.done == progress.total:
            self._bar.update(more)


def _wait_for_the_follower(engine: Engine, shown: Shown) -> None:
    engine.ask_for_rebuild()
    heard = time.monotonic()
    while engine.is_rebuild_wanted():
        if progress := engine.progress():
            heard = time.monotonic()
            shown.tell(progress)
        if time.monotonic() - heard > PATIENCE:
            raise click.ClickException("The follower does not do it. Its log says why.")
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
