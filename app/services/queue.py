"""Work for later, asked for by name."""

import logging
from typing import Any

from app.backends.queue import registry
from app.db import after_commit

log = logging.getLogger(__name__)


def enqueue(name: str, subject: Any) -> None:
    """Ask the worker to be quick about a row; if this is lost, the row itself still says so."""
    after_commit(lambda: _send(name, subject.id))


def _send(name: str, subject_id: int) -> None:
    try:
        registry.current().enqueue(name, subject_id)
    except Exception:
        log.exception("could not enqueue %s %s; the worker finds it by itself", name, subject_id)
