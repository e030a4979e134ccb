"""The queue in a SQLite file of its own, by huey."""

from pathlib import Path

from huey import SqliteHuey
from huey.api import TaskWrapper

from app.backends.queue.base import Tasks


class SqliteQueue:
    """Tasks in one file of this machine."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._tasks: Tasks = {}
        self._connected: tuple[SqliteHuey, TaskWrapper] | None = None

    def enqueue(self, name: str, subject_id: int) -> None:
        """Write the task down."""
        _, perform = self._connection()
        perform(name, subject_id)

    def waiting(self) -> int:
        """How many tasks lie in the file."""
        huey, _ = self._connection()
        return int(huey.pending_count())

    def work(self, tasks: Tasks, threads: int) -> None:
        """Run huey's consumer until SIGTERM or SIGINT."""
        self._tasks = tasks
        huey, _ = self._connection()
        huey.create_consumer(
            workers=threads,
            worker_type="thread",
            periodic=False,
            max_delay=0.5,
            shutdown_timeout=10,
        ).run()

    def _connection(self) -> tuple[SqliteHuey, TaskWrapper]:
        # Opened at the first use, since a process that forks must not share it.
        if self._connected is None:
            huey = SqliteHuey(filename=str(self._path), results=False, fsync=False, cache_mb=1)
            perform = huey.task(name="perform", context=False)(self._perform)
            self._connected = huey, perform
        return self._connected

    def _perform(self, name: str, subject_id: int) -> None:
        self._tasks[name](subject_id)
