"""Noting searches from any door: the answer never waits for it to succeed."""

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


def noted(
    actor: User, asked: Search, found: Found, source: SearchSource, *, goes_on: int | None = None
) -> int | None:
    """Note a search and answer its number; none for one without words, which is browsing.

    A further page of the results is not another search. A database that cannot be written to
    leaves a gap in the log and the search as it is.
    """
    if not asked.q.strip() or (asked.offset and goes_on):
        return goes_on
    searched = Searched(
        text=asked.q.strip(),
        filters=asked.in_use(),
        source=source,
        deal_id=found.deal.id if found.deal else None,
        total=found.total,
    )
    try:
        with transaction(is_light=True):
            return search_log.note(actor, searched, goes_on=goes_on)
    except DBAPIError as problem:
        log.warning("a search could not be noted: %s", problem.orig)
        return None
