"""The index follower: one process a machine, which keeps the search index up with the database."""

import logging
import signal
import threading
import time
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.backends.search import registry
from app.backends.search.base import (
    CannotWrite,
    Engine,
    EngineUnavailable,
    Progress,
    Why,
    WriterBusy,
)
from app.db import session
from app.services import indexing
from app.worker.only_one import only_one

log = logging.getLogger(__name__)
LOCK = "follower.lock"
PAUSE = 0.4
AFTER_A_FAULT = 2.0
LONGEST_PAUSE = 30.0
# What some query alone cannot be answered for must not keep the hub busy.
AFTER_A_SUSPICION = 600.0


class Stopped(Exception):
    """The follower was told to stop in the middle of a rebuild."""


def follow(folder: Path, *, waits: bool) -> None:
    """Follow until told to stop; where another does, wait or raise AlreadyRunning."""
    stopped = threading.Event()
    with only_one(folder / LOCK, waits=waits):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        follower = Follower(registry.engine(), stopped)
        while not stopped.is_set():
            stopped.wait(follower.step())
        registry.engine().close()


def step(engine: Engine) -> float:
    """One step of a follower that has just begun; answers the seconds to wait."""
    return Follower(engine, threading.Event()).step()


class Follower:
    """Keeps one index up; while a rebuild fails, the index that there is is kept up."""

    def __init__(self, engine: Engine, stopped: threading.Event) -> None:
        self._engine = engine
        self._stopped = stopped
        self._no_rebuild_before = float("-inf")
        self._rebuild_pause = AFTER_A_FAULT
        self._no_suspicion_before = float("-inf")

    def step(self) -> float:
        """Apply one batch, or make a lost index anew; answers the seconds to wait."""
        try:
            return self._apply()
        except EngineUnavailable as problem:
            return self._heal(problem)
        except (WriterBusy, CannotWrite) as problem:
            return _told_again(problem)
        except DBAPIError as problem:
            return _told_again(problem.orig)
        except Exception:
            log.exception("the index could not be brought up to date; trying again")
            return AFTER_A_FAULT
        finally:
            session.remove()

    def _apply(self) -> float:
        if self._may_rebuild and self._engine.is_rebuild_wanted():
            raise EngineUnavailable("somebody asked for that", Why.ASKED)
        if self._engine.is_suspected() and time.monotonic() >= self._no_suspicion_before:
            self._no_suspicion_before = time.monotonic() + AFTER_A_SUSPICION
            raise EngineUnavailable("a search could not be answered")
        if self._engine.position() > indexing.newest_change():
            raise EngineUnavailable("it is ahead of the database", Why.AHEAD)
        pause = 0.0 if indexing.catch_up(self._engine) else PAUSE
        self._engine.note_followed()
        return pause

    @property
    def _may_rebuild(self) -> bool:
        return time.monotonic() >= self._no_rebuild_before

    def _heal(self, problem: EngineUnavailable) -> float:
        if not self._may_rebuild:
            return AFTER_A_FAULT
        log.warning("the search index cannot be used (%s): making it anew", problem)
        try:
            indexing.rebuild(self._engine, problem.why, self._go_on)
        except Stopped:
            return PAUSE
        except (WriterBusy, CannotWrite, DBAPIError) as reason:
            log.warning("the index could not be made anew; trying again: %s", reason)
        except Exception:
            log.exception("the index could not be made anew; trying again")
        else:
            self._rebuild_pause = AFTER_A_FAULT
            self._engine.note_followed()
            return 0.0
        self._wait_with_rebuilds()
        return AFTER_A_FAULT

    def _wait_with_rebuilds(self) -> None:
        """Try again soon, and ever less often: each try reads the whole database."""
        self._no_rebuild_before = time.monotonic() + self._rebuild_pause
        self._rebuild_pause = min(2 * self._rebuild_pause, LONGEST_PAUSE)

    def _go_on(self, _progress: Progress) -> None:
        if self._stopped.is_set():
            raise Stopped


def _told_again(problem: object) -> float:
    log.warning("the index could not be brought up to date; trying again: %s", problem)
    return AFTER_A_FAULT
