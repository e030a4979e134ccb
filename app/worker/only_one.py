"""A lock that one process of a machine holds, and that ends with it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process of this machine does this already."""


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the lock, or raise AlreadyRunning."""
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(f"Another process holds {lock.name}.") from None
        yield
