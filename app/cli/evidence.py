"""flask evidence: the figures of the evidence, worked out now."""

import time

import click
from flask.cli import with_appcontext

from app.db import session
from app.http.evidence import refresh
from app.queries.evidence import snapshots
from app.queries.evidence.scope import default


@click.group("evidence")
def group() -> None:
    """Which content helps win."""


@group.command("refresh")
@with_appcontext
def refresh_all() -> None:
    """Work out the figures of everybody's deals, and all others that are asked for."""
    kept = [scope for scope in snapshots.kept() if scope != default()]
    session.rollback()
    for scope in (default(), *kept):
        began = time.monotonic()
        refresh(scope)
        days = f"opened from {scope.starts_on} to {scope.ends_on}"
        click.echo(f"{scope.name}: deals {days}, in {time.monotonic() - began:.1f} s")
