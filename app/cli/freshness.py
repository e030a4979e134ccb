"""flask freshness: are the copies in these folders current?"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.asker import machine_admin
from app.inputs.freshness import MOST
from app.queries import freshness as questions
from app.queries.freshness import Copy, Freshness

PLACE = click.Path(exists=True, path_type=Path)


@click.command("freshness")
@click.argument("paths", nargs=-1, required=True, type=PLACE)
@with_appcontext
def freshness(paths: Sequence[Path]) -> None:
    """Say of every file in PATHS whether it is current, superseded, retired or unknown."""
    admin = machine_admin()
    files = [file for path in paths for file in _files(path)]
    counts = dict.fromkeys(Freshness, 0)
    for start in range(0, len(files), MOST):
        batch = files[start : start + MOST]
        for file, copy in zip(batch, questions.copies(admin, _hashes(batch)), strict=True):
            counts[copy.verdict] += 1
            click.echo(f"{copy.verdict.value:11}{file}{_told(copy)}")
    click.echo(", ".join(f"{number} {verdict.value}" for verdict, number in counts.items()))


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(one for one in path.rglob("*") if one.is_file())


def _hashes(files: Sequence[Path]) -> list[str]:
    found = []
    for path in files:
        with path.open("rb") as file:
            found.append(hashlib.file_digest(file, "sha256").hexdigest())
    return found


def _told(copy: Copy) -> str:
    if copy.version is None:
        return ""
    named = f"  {copy.version.asset.title}, version {copy.version.number}"
    if copy.current:
        return f"{named}; use version {copy.current.number}"
    return f"{named}; use {copy.replaced_by.title}" if copy.replaced_by else named
