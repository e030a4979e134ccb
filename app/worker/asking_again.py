"""Asking saved searches again, once the index has caught up with the library."""

import logging

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.db import session, transaction
from app.queries import saved_searches as questions
from app.queries import search
from app.services import indexing, saved_searches

log = logging.getLogger(__name__)
AT_ONCE = 200


def ask_again() -> None:
    """Look for new matches of every saved search that the library has moved on from.

    As long as the index is behind, nothing is asked: it is asked again when it is not.
    """
    try:
        newest = indexing.newest_change()
        waiting = [saved.id for saved in questions.behind(newest, AT_ONCE)]
        if waiting and registry.engine().position() >= newest:
            for saved_id in waiting:
                _ask(saved_id, newest)
    except EngineUnavailable as problem:
        log.info("saved searches wait for the index: %s", problem)
    finally:
        session.remove()


def _ask(saved_id: int, newest: int) -> None:
    """Searching is slow, so outside any transaction; then what was found is noted."""
    session.rollback()
    saved = questions.one(saved_id)
    if saved is None:
        return
    matches = list(search.matching_ids(saved.person, questions.asked(saved)))
    session.rollback()
    with transaction():
        saved_searches.found(saved_id, matches, newest)
