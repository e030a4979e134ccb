"""Noting searches from any door: it waits a moment at most, and no search fails by it."""

import logging

from sqlalchemy.exc import DBAPIError

from app.choices import SearchSource
from app.db import transaction
from app.inputs.listing import Search
from app.models.person import User
from app.queries.search import Found
from app.services import search_log
from app.services.search_log import Searched

log = logging.getLogger(__name__)
PATIENCE = 1.0


def noted(
    actor: User, asked: Search, found: Found, source: SearchSource, *, goes_on: int | None = None
) -> int | None:
    """Note a search and answer its number; none for one without words, which is browsing.

    Nor for a poorer one while the index is made anew: it says nothing of what the library lacks. A
    database that takes no note within a second leaves a gap in the log and the search as it is.
    """
    if not asked.q.strip() or found.problem or found.says_nothing:
        return goes_on
    searched = Searched(
        text=asked.q.strip(),
        filters=asked.in_use(),
        source=source,
        deal_id=found.deal.id if found.deal else None,
        total=found.total,
    )
    try:
        with transaction(is_light=True, patience=PATIENCE):
            return search_log.note(actor, searched, goes_on=goes_on)
    except DBAPIError as problem:
        log.warning("a search could not be noted: %s", problem.orig)
        return None
