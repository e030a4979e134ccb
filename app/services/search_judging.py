"""Judging searches in the background: which failed, and after which something was used."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.choices import SearchSource
from app.clock import now
from app.db import batches, one_at_a_time, session
from app.models.search_log import PopularSearch, SearchClick, SearchQuery
from app.models.use import Use
from app.services.search_log import CHAIN

JUDGING_LOCK = 7314
USED_WITHIN = timedelta(minutes=30)
SETTLED = USED_WITHIN + timedelta(minutes=5)
"""After this long nothing changes any more, but that somebody opens an old list."""
RECENT = timedelta(days=90)
ASKERS = 2
"""So many people must have found something by a text before others are offered it."""
AT_ONCE = 20_000


class Made(NamedTuple):
    """What of a search decides whether it failed."""

    id: int
    person_id: int
    at: datetime
    total: int
    source: SearchSource
    best_position: int | None


def judge() -> int:
    """Settle what can be said of the searches that are not settled yet; answers how many are.

    A search has failed when it is the last of a chain, by the same person and door and each within
    60 seconds of the one before, and found nothing, or was made on a page and nothing of it was
    opened. It was used when the person noted a use of something opened within 30 minutes. Safe to
    repeat.
    """
    one_at_a_time(JUDGING_LOCK)
    made, until = _unsettled()
    failed, used = failures(made), _used([one.id for one in made if one.best_position])
    judged = [one.id for one in made if one.at < until]
    for ids in batches(judged):
        _set(SearchQuery.is_failed, ids, failed)
        _set(SearchQuery.is_used, ids, used)
    settled = [one.id for one in made if one.at < min(until, now() - SETTLED)]
    for ids in batches(settled):
        session.execute(update(SearchQuery).where(SearchQuery.id.in_(ids)).values(judged_at=now()))
    return len(settled)


def failures(made: Sequence[Made]) -> set[int]:
    """Of searches in the order of person, source and time, the ids of those that failed."""
    return {
        one.id
        for one, after in zip_longest(made, made[1:])
        if not (after and _chain(after)[:2] == _chain(one)[:2] and after.at - one.at <= CHAIN)
        and (one.total == 0 or (one.source is SearchSource.PAGE and one.best_position is None))
    }


def _unsettled() -> tuple[Sequence[Made], datetime]:
    """The oldest of them by person and time, and the time until which the next one is known."""
    columns = (SearchQuery.id, SearchQuery.person_id, SearchQuery.at, SearchQuery.total)
    chosen = select(*columns, SearchQuery.source, SearchQuery.best_position)
    unsettled = chosen.where(SearchQuery.judged_at.is_(None))
    oldest = unsettled.order_by(SearchQuery.at, SearchQuery.id).limit(AT_ONCE)
    made = [Made(*row) for row in session.execute(oldest)]
    until = now() - CHAIN
    if len(made) == AT_ONCE and made[-1].at - CHAIN > made[0].at:
        until = min(until, made[-1].at - CHAIN)
    return sorted(made, key=_chain), until


def _chain(one: Made) -> tuple[int, str, datetime, int]:
    return one.person_id, one.source, one.at, one.id


def _used(opened: Sequence[int]) -> set[int]:
    """Of these searches, those after which something opened was used within 30 minutes."""
    found = select(SearchQuery.id, SearchQuery.at, Use.recorded_at).join(
        SearchClick, SearchClick.search_query_id == SearchQuery.id
    )
    same = and_(Use.asset_id == SearchClick.asset_id, Use.person_id == SearchQuery.person_id)
    found = found.join(Use, same).where(Use.recorded_at >= SearchQuery.at)
    used: set[int] = set()
    for some in batches(opened):
        rows = session.execute(found.where(SearchQuery.id.in_(some)))
        used |= {search_id for search_id, at, used_at in rows if used_at - at <= USED_WITHIN}
    return used


def _set(column: InstrumentedAttribute[bool], ids: Sequence[int], true: set[int]) -> None:
    """Write a verdict where it is another than what is written."""
    for value in (True, False):
        wrong = [one for one in ids if (one in true) is value]
        change = update(SearchQuery).where(SearchQuery.id.in_(wrong), column.is_(not value))
        if column is SearchQuery.is_failed and value:
            # Something may have been opened since it was read.
            change = change.where(or_(SearchQuery.best_position.is_(None), SearchQuery.total == 0))
        session.execute(change.values({column: value}))


def popular() -> Mapping[str, tuple[str, int]]:
    """By folded text: a text that several people searched with success, and how many they are.

    Too slow to be asked inside a transaction.
    """
    askers = func.count(SearchQuery.person_id.distinct())
    found = session.execute(
        select(SearchQuery.folded, func.max(SearchQuery.text), askers)
        .where(SearchQuery.at > now() - RECENT, SearchQuery.best_position.is_not(None))
        .where(SearchQuery.total > 0)
        .group_by(SearchQuery.folded)
        .having(askers >= ASKERS)
    )
    return {folded: (text, count) for folded, text, count in found}


def keep_popular(counted: Mapping[str, tuple[str, int]]) -> None:
    """Write down what is another than what is written."""
    one_at_a_time(JUDGING_LOCK)
    kept = {one.folded: (one.text, one.askers) for one in session.scalars(select(PopularSearch))}
    wrong = [folded for folded in kept if counted.get(folded) != kept[folded]]
    for some in batches(wrong):
        session.execute(delete(PopularSearch).where(PopularSearch.folded.in_(some)))
    rows = [
        {"folded": folded, "text": text, "askers": askers}
        for folded, (text, askers) in counted.items()
        if kept.get(folded) != (text, askers)
    ]
    if rows:
        session.execute(insert(PopularSearch), rows)
