"""What every queue by huey does, whatever it keeps its tasks in."""

import sys
from abc import ABC, abstractmethod
from typing import Any

from app.backends.queue.base import Tasks

# huey loads the client of every database that is installed; psycopg alone takes 13 MB.
sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]
import huey as huey  # noqa: E402, PLC0414
import huey.storage  # noqa: E402

if sys.modules["psycopg"] is None:
    del sys.modules["psycopg"]


class HueyQueue(ABC):
    """Tasks by name; only where they lie differs."""

    def __init__(self) -> None:
        self._tasks: Tasks = {}
        self._connected: tuple[huey.Huey, Any] | None = None

    def enqueue(self, name: str, subject_id: int) -> None:
        """Write the task down."""
        _, perform = self._connection()
        perform(name, subject_id)

    def waiting(self) -> int:
        """How many tasks lie there."""
        opened, _ = self._connection()
        return int(opened.pending_count())

    def work(self, tasks: Tasks, threads: int) -> None:
        """Run huey's consumer until SIGTERM or SIGINT."""
        self._tasks = tasks
        opened, _ = self._connection()
        opened.create_consumer(
            workers=threads,
            worker_type="thread",
            periodic=False,
            max_delay=0.5,
            shutdown_timeout=10,
        ).run()

    @abstractmethod
    def _open(self) -> huey.Huey:
        """Connect to where the tasks lie."""

    def _connection(self) -> tuple[huey.Huey, Any]:
        # Opened at the first use, since a process that forks must not share it.
        if self._connected is None:
            opened = self._open()
            perform = opened.task(name="perform", context=False)(self._perform)
            self._connected = opened, perform
        return self._connected

    def _perform(self, name: str, subject_id: int) -> None:
        self._tasks[name](subject_id)
