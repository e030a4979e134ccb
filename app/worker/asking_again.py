"""Asking saved searches again, once the index has caught up with the library."""

import logging
from collections.abc import Mapping, Sequence

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.db import session, transaction
from app.queries import saved_searches as questions
from app.queries import search
from app.services import indexing, saved_searches

log = logging.getLogger(__name__)
AT_ONCE, TOGETHER = 200, 25


def ask_again() -> None:
    """Look for new matches of every saved search that the library has moved on from.

    As long as the index is behind, nothing is asked: it is asked again when it is not.
    """
    try:
        newest = indexing.newest_change()
        waiting = [saved.id for saved in questions.behind(newest, AT_ONCE)]
        if waiting and registry.engine().position() >= newest:
            for start in range(0, len(waiting), TOGETHER):
                _ask(waiting[start : start + TOGETHER], newest)
    except EngineUnavailable as problem:
        log.info("saved searches wait for the index: %s", problem)
    finally:
        session.remove()


def _ask(saved_ids: Sequence[int], newest: int) -> None:
    """Searching is slow, so outside any transaction; then what was found is noted."""
    session.rollback()
    found = {saved_id: _matches(saved_id) for saved_id in saved_ids}
    session.rollback()
    with transaction():
        for saved_id, matches in found.items():
            if matches is not None:
                saved_searches.found(saved_id, matches, newest)


def _matches(saved_id: int) -> Mapping[int, int] | None:
    """What matches; nothing where it was removed, or cannot be asked any more."""
    saved = questions.one(saved_id)
    try:
        return None if saved is None else search.all_matching(saved.person, questions.asked(saved))
    except ValueError as problem:
        log.warning("saved search %s cannot be asked: %s", saved_id, problem)
        return {}
