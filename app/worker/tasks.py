"""What the worker does, by name."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.backends.queue.base import Tasks
from app.db import session, transaction
from app.services import reading

_reading: set[int] = set()
_lock = threading.Lock()


def read_version(version_id: int) -> None:
    """Read the text of a version: slow, so outside any transaction, then keep it."""
    with _once(version_id) as is_mine:
        file = reading.pending(version_id) if is_mine else None
        session.rollback()
        if file is not None:
            outcome = reading.read(file)
            with transaction():
                reading.store_text(version_id, outcome)


@contextmanager
def _once(version_id: int) -> Iterator[bool]:
    """Whether no other thread of this process reads the version just now."""
    with _lock:
        is_mine = version_id not in _reading
        _reading.add(version_id)
    try:
        yield is_mine
    finally:
        session.remove()
        if is_mine:
            _reading.discard(version_id)


TASKS: Tasks = {"read_version": read_version}
