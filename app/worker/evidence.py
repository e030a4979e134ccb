"""Keeping the evidence fresh: a thread beside the tasks, since a large company takes seconds."""

import logging
import threading
import time

from app.db import session, transaction
from app.http.evidence import catch_up
from app.queries.evidence import snapshots
from app.queries.evidence.scope import Scope
from app.services import evidence

log = logging.getLogger(__name__)
PAUSE = 10.0


def start() -> None:
    """Look every few seconds whether something changed that the figures rest on.

    Two machines may both work something out: the later one puts the same in its place.
    """
    threading.Thread(target=_run, daemon=True, name="evidence").start()


def _run() -> None:
    while True:
        try:
            refresh_due()
        except Exception:
            log.exception("the evidence could not be worked out; it is tried again later")
        time.sleep(PAUSE)


def refresh_due() -> None:
    """Work out what changed, was asked for, or is not there yet, and take out what nobody reads."""
    try:
        scopes = snapshots.due()
        session.rollback()
        for scope in scopes:
            _catch_up(scope)
        if scopes:
            with transaction():
                evidence.forget()
    finally:
        session.remove()


def _catch_up(scope: Scope) -> None:
    """One scope that cannot be worked out keeps no other from it."""
    try:
        catch_up(scope)
    except Exception:
        session.rollback()
        log.exception("the evidence of %s could not be worked out; it is tried again", scope.name)
