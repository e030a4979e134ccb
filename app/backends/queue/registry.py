"""The queue that this process puts its tasks into."""

from pathlib import Path

from app.backends.queue.base import Queue
from app.backends.queue.sqlite import SqliteQueue

_queue: list[Queue] = []


def open_queue(url: str, root: Path) -> Queue:
    """The queue that a QUEUE_URL names; raises ValueError with a sentence."""
    scheme, _, rest = url.partition(":")
    if scheme != "sqlite" or not rest:
        raise ValueError(f"QUEUE_URL={url!r}: no such queue. Use sqlite:<file>.")
    return SqliteQueue((root / rest).resolve())


def use(queue: Queue) -> None:
    """Put tasks into this queue from now on."""
    _queue[:] = [queue]


def current() -> Queue:
    """The queue of this process."""
    return _queue[0]
