"""The worker process."""

from pathlib import Path

from app.backends.queue import registry
from app.worker import schedule
from app.worker.only_one import only_one
from app.worker.tasks import TASKS

THREADS = 2


def work(lock: Path, *, waits: bool) -> None:
    """Do tasks until told to stop; where another does, wait or raise AlreadyRunning."""
    with only_one(lock, waits=waits):
        schedule.start()
        registry.current().work(TASKS, THREADS)
