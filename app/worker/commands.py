"""The commands that run as long as the hub does."""

from collections.abc import Callable
from pathlib import Path

import click

from app.worker import follow as following
from app.worker import run
from app.worker.only_one import AlreadyRunning


def commands(lock: Path, index_folder: Path) -> tuple[click.Command, click.Command]:
    """`worker` and `follow`, for this machine's files."""

    @click.command("worker")
    def worker() -> None:
        """Read texts and do what is due, until stopped."""
        _alone(lambda: run.work(lock, waits=False))

    @click.command("follow")
    def follow() -> None:
        """Keep the search index up with the database, until stopped."""
        _alone(lambda: following.follow(index_folder, waits=False))

    return worker, follow


def _alone(work: Callable[[], None]) -> None:
    try:
        work()
    except AlreadyRunning as problem:
        raise click.ClickException(str(problem)) from None
