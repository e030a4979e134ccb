"""Hits that were opened: an address that comes from a list of results says from which place."""

import logging

from flask import request
from sqlalchemy.exc import DBAPIError

from app.db import transaction
from app.models.asset import Asset
from app.models.person import User
from app.services import search_log

log = logging.getLogger(__name__)
LONGEST = 16
FARTHEST = 100_000


def noted_click(actor: User, asset: Asset) -> None:
    """Note the click that led here, where one did: `hit=<search>.<position>.<page>`.

    An address that somebody passed on says nothing about them: it is then left out.
    """
    number, _, place = request.args.get("hit", "").partition(".")
    position, _, page = place.partition(".")
    search, nth = number_in(number), number_in(position)
    if search is None or nth is None or nth > FARTHEST or not search_log.is_own(actor, search):
        return
    try:
        with transaction(is_light=True):
            search_log.click(actor, search, asset, position=nth, page=_page(page))
    except DBAPIError as problem:
        log.warning("a click could not be noted: %s", problem.orig)


def _page(text: str) -> int | None:
    number = number_in(text)
    return number if number is not None and number <= FARTHEST else None


def number_in(text: str) -> int | None:
    """The number that a text is, from 1 to 16 digits long; none if it is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) or None if is_number else None
