"""What the worker does, by name."""

import logging
import threading
from pathlib import Path

from app.backends.queue.base import Tasks
from app.backends.storage.base import StoreFailed
from app.db import session, transaction
from app.services import reading
from app.services.example import loading
from app.services.reading import Unread
from app.worker.comparing import compare_version
from app.worker.once import once
from app.worker.telling import send_mail, tell_recall

log = logging.getLogger(__name__)
_loading = threading.Lock()


def read_version(version_id: int) -> None:
    """Read the text of a version: slow, so outside any transaction, then keep it."""
    with once("read", version_id) as is_mine:
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


def load_example(_company_id: int) -> None:
    """Bring in what is missing of the example company, a step at a time."""
    if not _loading.acquire(blocking=False):
        return
    try:
        if _next_step() is not None:
            with loading.files() as folder:
                while (number := _next_step()) is not None:
                    _step(number, folder)
    finally:
        _loading.release()
        session.remove()


def _next_step() -> int | None:
    session.rollback()
    found = loading.next_step()
    session.rollback()
    return found


def _step(number: int, folder: Path) -> None:
    files = loading.prepare(number, folder)
    try:
        with transaction():
            loading.step(number, files)
    finally:
        for file in files:
            file.staged.discard()
        session.expunge_all()


TASKS: Tasks = {
    "read_version": read_version,
    "compare_version": compare_version,
    "load_example": load_example,
    "tell_recall": tell_recall,
    "send_mail": send_mail,
}
