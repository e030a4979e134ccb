"""The index follower: one process a machine, which keeps the search index up with the database."""

import logging
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.backends.search import registry
from app.backends.search.base import Engine, EngineUnavailable
from app.db import session
from app.services import indexing
from app.worker.only_one import only_one

log = logging.getLogger(__name__)
LOCK = "follower.lock"
PAUSE = 0.4
AFTER_A_FAULT = 2.0
AFTER_A_FAILED_REBUILD = 30.0


def follow(folder: Path, *, waits: bool) -> None:
    """Follow until told to stop; where another does, wait or raise AlreadyRunning."""
    stopped = threading.Event()
    with only_one(folder / LOCK, waits=waits):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            stopped.wait(step(registry.engine()))
        registry.engine().close()


def step(engine: Engine) -> float:
    """Apply one batch, or make a lost index anew; answers the seconds to wait."""
    try:
        return _apply(engine)
    except EngineUnavailable as problem:
        log.warning("the search index cannot be used (%s): making it anew", problem)
        return _tried(lambda: indexing.rebuild(engine))
    except DBAPIError as problem:
        log.warning("the index could not be brought up to date; trying again: %s", problem.orig)
        return AFTER_A_FAULT
    except Exception:
        log.exception("the index could not be brought up to date; trying again")
        return AFTER_A_FAULT
    finally:
        session.remove()


def _apply(engine: Engine) -> float:
    if engine.is_rebuild_wanted():
        raise EngineUnavailable("somebody asked for that")
    if engine.position() > indexing.newest_change():
        raise EngineUnavailable("it is ahead of the database")
    return 0.0 if indexing.catch_up(engine) else PAUSE


def _tried(work: Callable[[], None]) -> float:
    try:
        work()
    except Exception:
        log.exception("the index could not be made anew; trying again")
        return AFTER_A_FAILED_REBUILD
    return 0.0
