"""A lock that one process of a machine holds, and that ends with it."""

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)
PAUSE = 0.2


class AlreadyRunning(Exception):
    """Another process of this machine does this already."""


@contextmanager
def only_one(lock: Path, *, waits: bool) -> Iterator[None]:
    """Hold the lock; where another process has it, wait for it or raise AlreadyRunning.

    Who waits also waits for a disk that is full or read-only.
    """
    with _opened(lock, waits=waits) as file:
        while not _is_held(file):
            if not waits:
                raise AlreadyRunning(f"Another process does this already: it holds {lock}.")
            time.sleep(PAUSE)
        yield


def _opened(lock: Path, *, waits: bool) -> IO[str]:
    is_told = False
    while True:
        try:
            lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return lock.open("w")
        except OSError as problem:
            if not waits:
                raise
            if not is_told:
                log.warning("waiting until a lock can be made: %s", problem)
            is_told = True
            time.sleep(PAUSE)


def _is_held(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
