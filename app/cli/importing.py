"""flask import-folder: every file of a folder becomes an asset."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.backends.search import registry as searching
from app.backends.search.base import EngineUnavailable
from app.choices import Kind
from app.config import ROOT
from app.db import session, transaction
from app.errors import HubError
from app.inputs.asset import NewAsset
from app.models.person import User
from app.services import imports, indexing
from app.services.assets import owner_by
from app.services.storage import clean_name

KINDS = click.Choice([kind.value for kind in Kind])
PATIENCE = 600.0


@dataclass
class Tally:
    """What became of the files."""

    taken: list[int] = field(default_factory=list)
    here: int = 0
    refused: int = 0


@click.command("import-folder")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--owner", default=None, help="The owner's e-mail address.")
@click.option("--publish", is_flag=True, help="Publish everything at once.")
@click.option("--kind", type=KINDS, default=None, help="The kind of all; else it is guessed.")
@click.option("--no-wait", is_flag=True, help="Do not wait until all is searchable.")
@with_appcontext
def import_folder(
    folder: Path, owner: str | None, publish: bool, kind: str | None, no_wait: bool
) -> None:
    """Make an asset of every file in FOLDER and below; what is here already is left alone."""
    started = time.monotonic()
    files = sorted(path for path in folder.rglob("*") if _is_wanted(path, folder))
    with transaction():
        person = owner_by(owner) if owner else imports.importer()
    new = NewAsset(publish=publish, kind=Kind(kind) if kind else None)
    tally = Tally()
    with click.progressbar(files, label="Taking in", file=sys.stderr) as shown:
        for path in shown:
            _take_in(path, person, new, tally)
    if not no_wait:
        with helped():
            _wait(tally.taken)
    unread = imports.unreadable(tally.taken)
    for version in unread:
        click.echo(f"not read: {version.filename}: {version.text_problem}")
    seconds = time.monotonic() - started
    click.echo(
        f"{len(files)} files: {len(tally.taken)} new, {tally.here} here already, "
        f"{tally.refused} refused, {len(unread)} kept without their text; "
        f"{seconds:.1f} s, {len(files) / seconds:.1f} files a second"
    )


def _is_wanted(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not path.is_symlink() and not hidden


def _take_in(path: Path, person: User, new: NewAsset, tally: Tally) -> None:
    try:
        file = imports.staged(path)
        try:
            with transaction():
                asset, is_new = imports.take_in(person, file, new)
        finally:
            file.staged.discard()
    except (HubError, OSError) as problem:
        tally.refused += 1
        click.echo(f"\nrefused: {clean_name(path.name)}: {problem}")
        return
    if is_new:
        tally.taken.append(asset.versions[0].id)
    else:
        tally.here += 1
    session.expunge_all()
    session.add(person)


@contextmanager
def helped() -> Iterator[None]:
    """Run a worker and a follower meanwhile; where the hub runs, these end by themselves."""
    flask = [sys.executable, "-m", "flask"]
    started = [
        subprocess.Popen([*flask, *words], cwd=ROOT, stderr=subprocess.DEVNULL)
        for words in (["worker"], ["index", "follow"])
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _wait(version_ids: list[int]) -> None:
    """Wait until everything is read and indexed; gives up when nothing moves for ten minutes."""
    with click.progressbar(length=len(version_ids), label="Reading", file=sys.stderr) as shown:
        left, moved = len(version_ids), time.monotonic()
        while left and time.monotonic() - moved < PATIENCE:
            session.rollback()
            now_left = imports.still_unread(version_ids)
            if now_left < left:
                shown.update(left - now_left)
                left, moved = now_left, time.monotonic()
            time.sleep(0.1)
    target, patience = indexing.newest_change(), time.monotonic() + PATIENCE
    while _position() < target and time.monotonic() < patience:
        time.sleep(0.1)


def _position() -> int:
    try:
        return searching.engine().position()
    except EngineUnavailable:
        return -1
