"""flask doctor: looks at the whole installation and says how to mend what it finds."""

import hashlib
import time
from collections.abc import Iterator
from typing import BinaryIO

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.backends.mail import registry as mailing
from app.backends.mail.base import MailFailed
from app.backends.search import registry as searching
from app.backends.search.base import EngineUnavailable
from app.backends.storage import registry as storing
from app.backends.storage.base import StoreFailed
from app.db import session, transaction
from app.models.asset import Asset
from app.models.page_image import PageImage
from app.models.version import Version
from app.queries import health
from app.queries.audit import broken_lines
from app.services import drawing

PIECE = 1 << 20
BATCH = 5_000
SETTLING = 2.0


@click.command("doctor")
@click.option("--fixity", is_flag=True, help="Read every stored file and compare its hash.")
@with_appcontext
def doctor(fixity: bool) -> None:
    """Settings, database, migrations, storage, mail, audit log, index against database."""
    click.echo("ok       settings: They could be read.")
    checks = [*health.checks(), _mail()]
    for check in checks:
        click.echo(f"{'ok      ' if check.is_good else 'PROBLEM '} {check.name}: {check.detail}")
    bad = {check.name for check in checks if not check.is_good}
    problems = len(bad)
    for found in _deeper(fixity) if not bad & {"database", "migrations"} else ():
        problems += 1
        click.echo(f"PROBLEM  {found}")
    if problems:
        raise click.ClickException(f"{problems} found.")
    click.echo("Everything is as it should be.")


def _mail() -> health.Check:
    # Not among what makes a hub ready: it works without mail, and that is asked every few seconds.
    mailer = mailing.current()
    try:
        mailer.check()
    except MailFailed as problem:
        return health.Check("mail", False, problem.sentence)
    return health.Check("mail", True, f"It goes to {mailer.shown}.")


def _deeper(fixity: bool) -> Iterator[str]:
    yield from _audit()
    yield from _files(fixity)
    yield from _index()


def _audit() -> Iterator[str]:
    for line in broken_lines():
        yield (
            f"audit: line {line} was changed, or one before it is missing. "
            "Compare with a backup to see what it said."
        )


def _files(fixity: bool) -> Iterator[str]:
    # Listed before the rows are read: what comes in meanwhile has its row by then.
    there = _there()
    known: set[str] = set()
    files = select(Version).where(Version.sha256.is_not(None)).order_by(Version.id)
    for version in session.scalars(files):
        sha256 = version.sha256 or ""
        if sha256 not in known:
            known.add(sha256)
            if problem := _file_problem(version, sha256, fixity):
                yield f"storage: version {version.number} of asset {version.asset_id} {problem}"
    yield from _images(known, fixity)
    yield from _orphans(there, known)


def _images(known: set[str], fixity: bool) -> Iterator[str]:
    """Images can be made again, so what is lost or damaged of them is."""
    broken: set[int] = set()
    for image in session.scalars(select(PageImage).order_by(PageImage.id)):
        for sha256 in (image.full, image.thumbnail):
            known.add(sha256)
            if image.version_id not in broken and _is_broken(image.store, sha256, fixity):
                broken.add(image.version_id)
    for version_id in sorted(broken):
        with transaction():
            drawing.again(version_id)
        yield f"storage: images of version row {version_id} are lost or damaged. Drawn again soon."


def _is_broken(store: str, sha256: str, fixity: bool) -> bool:
    try:
        with storing.named(store).open(sha256) as file:
            return fixity and _digest(file) != sha256
    except StoreFailed:
        return False
    except OSError:
        return True


def _there() -> set[str] | StoreFailed:
    try:
        return set(storing.current().hashes())
    except StoreFailed as problem:
        return problem


def _orphans(there: set[str] | StoreFailed, known: set[str]) -> Iterator[str]:
    if isinstance(there, StoreFailed):
        yield f"storage: the files could not be listed. {there}"
        return
    unclaimed = there - known
    if unclaimed:
        # Files come a moment before their rows.
        time.sleep(SETTLING)
        session.rollback()
        unclaimed -= _claimed(unclaimed)
    for orphan in unclaimed:
        yield (
            f"storage: the file {orphan} belongs to no version and no page. "
            "It takes space and does no harm; it can be removed."
        )


def _claimed(hashes: set[str]) -> set[str]:
    """Those that a version or a page has by now."""
    found: set[str] = set()
    for column in (Version.sha256, PageImage.full, PageImage.thumbnail):
        for start in range(0, len(hashes), BATCH):
            some = sorted(hashes)[start : start + BATCH]
            found |= set(session.scalars(select(column).where(column.in_(some))))
    return found


def _file_problem(version: Version, sha256: str, fixity: bool) -> str | None:
    mend = "Put the file back from a backup, under the same name."
    try:
        with storing.named(version.store or "").open(sha256) as file:
            digest = _digest(file) if fixity else sha256
    except StoreFailed as problem:
        return f"has a file {sha256} that could not be read now. {problem}"
    except OSError:
        return f"has no file {sha256}. {mend}"
    if digest != sha256:
        return f"has a damaged file {sha256}. {mend}"
    return None


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _index() -> Iterator[str]:
    try:
        held = searching.engine().asset_ids()
    except EngineUnavailable:
        return
    wanted = frozenset(session.scalars(select(Asset.id)))
    if missing := len(wanted - held):
        yield f"index: {missing} assets are not in it. Run: flask index rebuild"
    if gone := len(held - wanted):
        yield f"index: {gone} assets in it are gone. Run: flask index rebuild"
