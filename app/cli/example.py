"""flask example: the example company comes and goes."""

import sys
import time

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.importing import helped
from app.db import session, transaction
from app.example.people import PEOPLE
from app.queries import example as questions
from app.queries import people
from app.services.example import loading, removal

PATIENCE = 600.0


@click.group("example")
def group() -> None:
    """A believable company to try things on: 12 people, 64 pieces, 400 deals."""


@group.command()
@with_appcontext
def load() -> None:
    """Bring the example company in, and wait until it is whole."""
    secret = str(current_app.secret_key)
    with transaction():
        loading.want(secret)
    with helped():
        _wait()
    click.echo("The example company is whole. Sign in as one of these:")
    for person in PEOPLE:
        click.echo(f"  {person.email}\t{person.role.value}\t{person.team or '-'}")
    click.echo(f"Everybody's password is {loading.password(secret)}")


@group.command()
@with_appcontext
def remove() -> None:
    """Take out exactly what the example company brought."""
    with transaction():
        removed = removal.remove()
    with transaction():
        files = removal.remove_files(removed.hashes)
    is_locked = people.active_admins() == 0
    click.echo(f"Removed {removed.assets} pieces, {removed.deals} deals and {files} files.")
    if removed.with_it:
        click.echo(
            f"{removed.with_it} uses, notes and versions of other people hung on them and went too."
        )
    for name in removed.kept:
        click.echo(f"Things of your own are {name}'s: the account stays, deactivated.")
    click.echo("The audit log keeps its lines.")
    if is_locked:
        click.echo("No admin can sign in now. Make one: flask user add EMAIL --role admin")


def _wait() -> None:
    deadline, before = time.monotonic() + PATIENCE, 0
    with click.progressbar(length=1, label="Loading", file=sys.stderr) as shown:
        while (arrival := _arrival()) and not arrival.is_whole:
            shown.length = arrival.total
            shown.update(arrival.done - before)
            before = arrival.done
            if time.monotonic() > deadline:
                raise click.ClickException("It has not arrived in ten minutes; the log says why.")
            time.sleep(0.2)


def _arrival() -> questions.Arrival | None:
    session.rollback()
    session.expire_all()
    return questions.arrival()
