"""What was searched before: a person's own searches, and those of others that succeeded."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.clock import now
from app.db import engine, session
from app.models.person import User
from app.models.search_log import SearchClick, SearchQuery
from app.text.words import fold

RECENT = timedelta(days=90)
LAST = "\U0010ffff"
ASKERS = 2
"""So many people must have asked the same before others are offered it."""
LOOKED_AT = 20


def recent(actor: User, limit: int) -> Sequence[str]:
    """The person's own last searches, each once, the last first."""
    newest = (
        select(SearchQuery.folded, func.max(SearchQuery.at).label("at"))
        .where(SearchQuery.person_id == actor.id)
        .group_by(SearchQuery.folded)
        .order_by(func.max(SearchQuery.at).desc())
        .limit(limit)
        .subquery()
    )
    own = select(SearchQuery.text).join(
        newest,
        and_(SearchQuery.folded == newest.c.folded, SearchQuery.at == newest.c.at),
    )
    rows = session.scalars(
        own.where(SearchQuery.person_id == actor.id).order_by(SearchQuery.at.desc())
    )
    return list(dict.fromkeys(rows))[:limit]


def that_succeeded(actor: User, beginning: str, limit: int) -> Sequence[str]:
    """Searches that begin so and led to something that was opened, the most asked first.

    The person's own, and those of several people whose every word is in a published piece: what
    somebody looked for among drafts is nobody else's.
    """
    folded = " ".join(fold(beginning).split())
    found = session.execute(_succeeded(actor, folded)).all()
    return [text for text, askers, own in found if own or _is_for_all(text, askers)][:limit]


def _succeeded(actor: User, folded: str) -> Select[str, int, int]:
    is_own = SearchQuery.person_id == actor.id
    askers = func.count(SearchQuery.person_id.distinct())
    return (
        select(func.max(SearchQuery.text), askers, func.count().filter(is_own))
        .join(SearchClick, SearchClick.search_query_id == SearchQuery.id)
        .where(_begins(folded), SearchQuery.at > now() - RECENT, SearchQuery.total > 0)
        .group_by(SearchQuery.folded)
        .order_by(askers.desc(), func.max(SearchQuery.at).desc())
        .limit(LOOKED_AT)
    )


def _begins(folded: str) -> ColumnElement[bool]:
    begins = SearchQuery.folded.startswith(folded, autoescape=True)
    if engine().dialect.name != "sqlite":
        return begins
    # SQLite uses its index for a span, not for a beginning.
    return and_(SearchQuery.folded >= folded, SearchQuery.folded < folded + LAST, begins)


def _is_for_all(text: str, askers: int) -> bool:
    try:
        return askers >= ASKERS and registry.engine().knows(text)
    except EngineUnavailable:
        return False
