"""One thread of this process at a time for each piece of slow work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.db import session

_under_way: set[tuple[str, int]] = set()
_lock = threading.Lock()


@contextmanager
def once(work: str, subject_id: int) -> Iterator[bool]:
    """Whether no other thread of this process does this with the row just now."""
    key = (work, subject_id)
    with _lock:
        is_mine = key not in _under_way
        _under_way.add(key)
    try:
        yield is_mine
    finally:
        session.remove()
        if is_mine:
            _under_way.discard(key)
