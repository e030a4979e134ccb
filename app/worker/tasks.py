"""What the worker does, by name."""

import logging

from app.backends.queue.base import Tasks
from app.db import session, transaction
from app.services import reading

log = logging.getLogger(__name__)


def read_version(version_id: int) -> None:
    """Read the text of a version: slow, so outside any transaction, then keep it."""
    try:
        version = reading.pending(version_id)
        if version is None:
            return
        session.rollback()
        outcome = reading.read(version)
        with transaction():
            reading.store_text(version, outcome)
    finally:
        session.remove()


TASKS: Tasks = {"read_version": read_version}
