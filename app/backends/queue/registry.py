"""The queue that this process puts its tasks into."""

from pathlib import Path

from app.backends.queue.base import Queue
from app.backends.queue.sqlite import SqliteQueue

_queue: list[Queue] = []


def open_queue(url: str, root: Path, database_url: str = "") -> Queue:
    """The queue that a QUEUE_URL names; raises ValueError with a sentence."""
    scheme, _, rest = url.partition(":")
    if scheme == "sqlite" and rest:
        return SqliteQueue((root / rest).resolve())
    if scheme == "postgresql" and not rest:
        return _beside(database_url)
    raise ValueError(f"{url!r}: no such queue. Use sqlite:<file>, or postgresql: without more.")


def _beside(database_url: str) -> Queue:
    """The queue in the hub's own database; its client is loaded only where it is used."""
    if not database_url.startswith("postgresql"):
        raise ValueError(
            "postgresql: is the hub's own database, and DATABASE_URL names no PostgreSQL. "
            "Use sqlite:<file>."
        )
    from app.backends.queue.postgresql import PostgresqlQueue  # noqa: PLC0415

    return PostgresqlQueue(database_url)


def use(queue: Queue) -> None:
    """Put tasks into this queue from now on."""
    _queue[:] = [queue]


def current() -> Queue:
    """The queue of this process."""
    return _queue[0]
