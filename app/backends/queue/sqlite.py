"""The queue in a SQLite file of its own, by huey."""

from pathlib import Path

from app.backends.queue.by_huey import HueyQueue, huey


class SqliteQueue(HueyQueue):
    """Tasks in one file of this machine."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path

    def _open(self) -> huey.Huey:
        return huey.SqliteHuey(filename=str(self._path), results=False, fsync=False, cache_mb=1)
