"""All commands, given to the application."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import Flask
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.cli import (
    database,
    deals,
    doctor,
    evidence,
    example,
    freshness,
    importing,
    index,
    people,
    searching,
)
from app.errors import HubError
from app.http.errors import messages

GROUPS: tuple[click.Command, ...] = (
    database.group,
    doctor.doctor,
    evidence.group,
    example.group,
    freshness.freshness,
    importing.import_folder,
    deals.import_deals,
    index.group,
    people.users,
    people.tokens,
    searching.search,
)
P = ParamSpec("P")
T = TypeVar("T")


def init(app: Flask) -> None:
    """Add the commands; what they refuse is one line, not a traceback."""
    for command in GROUPS:
        for one in _leaves(command):
            if one.callback is not None:
                one.callback = _plainly(one.callback)
        app.cli.add_command(command)


def _leaves(command: click.Command) -> list[click.Command]:
    if isinstance(command, click.Group):
        return [leaf for one in command.commands.values() for leaf in _leaves(one)]
    return [command]


def _plainly(callback: Callable[P, T]) -> Callable[P, T]:
    if getattr(callback, "is_plain", False):
        return callback

    @wraps(callback)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return callback(*args, **kwargs)
        except HubError as problem:
            raise click.ClickException(problem.detail) from None
        except ValidationError as problem:
            raise click.ClickException(messages(problem).detail) from None
        except (OperationalError, ProgrammingError) as problem:
            raise click.ClickException(
                f"The database cannot be used: {problem.orig}. If it is new, run: flask db upgrade"
            ) from None

    run.is_plain = True  # type: ignore[attr-defined]
    return run
