"""What the worker does, by name."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.backends.queue.base import Tasks
from app.backends.storage.base import StoreFailed
from app.db import session, transaction
from app.services import reading
from app.services.reading import Unread

log = logging.getLogger(__name__)
_reading: set[int] = set()
_lock = threading.Lock()


def read_version(version_id: int) -> None:
    """Read the text of a version: slow, so outside any transaction, then keep it."""
    with _once(version_id) as is_mine:
        file = reading.pending(version_id) if is_mine else None
        session.rollback()
        if file is not None:
            _read(version_id, file)


def _read(version_id: int, file: Unread) -> None:
    try:
        outcome = reading.read(file)
    except StoreFailed as problem:
        log.warning("version %s could not be read yet: %s", version_id, problem)
        return
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
