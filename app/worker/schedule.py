"""What runs again and again, and how often."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

from app.worker import drawing, evidence, reconcile
from app.worker.asking_again import ask_again

log = logging.getLogger(__name__)
TICK = 1.0

SCHEDULE: Sequence[tuple[float, Callable[[], None]]] = (
    (2, reconcile.the_example),
    (10, reconcile.unread_versions),
    (10, reconcile.uncompared_versions),
    (10, reconcile.what_to_tell),
    (10, ask_again),
    (20, reconcile.the_clock),
    (300, reconcile.reminders),
    (60, reconcile.the_tallies),
    (60, reconcile.the_searches),
    (300, reconcile.popular_searches),
    (300, reconcile.leftovers),
)


def start() -> None:
    """Run the schedule beside the tasks, each thing for the first time at once.

    Two machines run the same schedule: everything on it is safe to do twice.
    """
    threading.Thread(target=_run, daemon=True, name="schedule").start()
    drawing.start()
    evidence.start()


def _run() -> None:
    due = {work: time.monotonic() for _, work in SCHEDULE}
    while True:
        for seconds, work in SCHEDULE:
            if time.monotonic() >= due[work]:
                due[work] = time.monotonic() + seconds
                _tried(work)
        time.sleep(TICK)


def _tried(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        log.exception("%s failed; it is tried again later", work.__name__)
