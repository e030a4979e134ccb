"""The worker process."""

from pathlib import Path

from app.backends.queue import registry
from app.worker.only_one import only_one
from app.worker.reconcile import unread_versions
from app.worker.schedule import EVERY_MINUTE
from app.worker.tasks import TASKS

THREADS = 2


def work(lock: Path) -> None:
    """Do tasks until told to stop, first what an earlier worker left; raises AlreadyRunning."""
    with only_one(lock):
        unread_versions()
        registry.current().work(TASKS, EVERY_MINUTE, THREADS)
