"""flask user, flask token: accounts from the machine itself."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.choices import Role
from app.db import session, transaction
from app.errors import HubError
from app.inputs.person import NewPerson, NewToken
from app.models.person import User
from app.queries import people
from app.services import people as verbs
from app.services import tokens as token_verbs

ROLES = click.Choice([role.value for role in Role])


@click.group("user")
def users() -> None:
    """People who have an account."""


@users.command()
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@click.option("--name", default="")
@click.option("--team", default=None)
@with_appcontext
def add(email: str, role: str, name: str, team: str | None) -> None:
    """Make an account; prints a one-time password."""
    new = NewPerson(email=email, role=Role(role), name=name, team=team)
    with transaction():
        person, password = verbs.add(None, new)
    click.echo(f"{person.email} is a {person.role.value} now. One-time password:")
    click.echo(password)


@users.command("list")
@with_appcontext
def list_users() -> None:
    """Everybody, with role, team and state."""
    for person in session.scalars(select(User).order_by(User.email)):
        team = person.team.name if person.team else "-"
        state = "active" if person.is_active else "deactivated"
        click.echo(f"{person.email}\t{person.name}\t{person.role.value}\t{team}\t{state}")


@users.command()
@click.argument("email")
@with_appcontext
def deactivate(email: str) -> None:
    """End an account: sessions and tokens stop at once."""
    with transaction():
        verbs.deactivate(None, _person(email))
    click.echo(f"{email} is deactivated.")


@users.command()
@click.argument("email")
@with_appcontext
def password(email: str) -> None:
    """Give somebody a new one-time password and print it."""
    with transaction():
        text = verbs.reset_password(None, _person(email))
    click.echo(f"One-time password of {email}:")
    click.echo(text)


@click.group("token")
def tokens() -> None:
    """Keys to the JSON API."""


@tokens.command()
@click.argument("email")
@click.option("--name", default="command line", show_default=True)
@click.option("--days", type=click.IntRange(1, 3650), default=None, help="Ends after so many days.")
@with_appcontext
def issue(email: str, name: str, days: int | None) -> None:
    """Make a token for a person; it is printed once, alone on the last line."""
    with transaction():
        person = _person(email)
        text = token_verbs.issue(None, person, NewToken(name=name, days=days))
    click.echo(f"A token for {person.email} ({person.role.value}):")
    click.echo(text)


def _person(email: str) -> User:
    found = people.by_email(email)
    if found is None:
        raise HubError(f"Nobody with the address {email} has an account. See: flask user list")
    return found
