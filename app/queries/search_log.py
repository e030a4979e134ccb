"""What was searched before: a person's own searches, and those of others that succeeded."""

import re
from collections.abc import Sequence

from sqlalchemy import bindparam, func, select

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.db import engine, session
from app.models.person import User
from app.models.search_log import PopularSearch, SearchQuery
from app.text.words import fold

LAST = "\U0010ffff"
OWN = 500
"""So many of the person's last searches are looked through."""
LOOKED_AT = 30

_own = (
    select(
        SearchQuery.text,
        SearchQuery.folded,
        SearchQuery.best_position,
        SearchQuery.total,
        SearchQuery.at,
    )
    .where(SearchQuery.person_id == bindparam("person"))
    .order_by(SearchQuery.at.desc())
    .limit(bindparam("most"))
)
_last = _own.subquery().c
# Made once: whoever types waits for it at every letter.
_SUCCEEDED = (
    select(_last.folded, _last.text)
    .where(
        _last.best_position.is_not(None),
        _last.total > 0,
        func.substr(_last.folded, 1, bindparam("length")) == bindparam("beginning"),
    )
    .order_by(_last.at.desc())
)

_POPULAR = (
    select(PopularSearch.folded, PopularSearch.text)
    .where(PopularSearch.folded.like(bindparam("pattern"), escape="/"))
    .order_by(PopularSearch.askers.desc(), PopularSearch.folded)
    .limit(LOOKED_AT)
)
# SQLite uses its index for a span, not for a beginning.
_POPULAR_IN_SPAN = _POPULAR.where(
    PopularSearch.folded >= bindparam("beginning"), PopularSearch.folded < bindparam("after")
)


def recent(actor: User, limit: int) -> Sequence[str]:
    """The person's own last searches, each once, the last first."""
    newest: dict[str, str] = {}
    for row in session.execute(_own, {"person": actor.id, "most": 20 * limit}):
        newest.setdefault(row.folded, row.text)
    return list(newest.values())[:limit]


def that_succeeded(actor: User, beginning: str, limit: int) -> Sequence[str]:
    """Searches that begin so and led to something that was opened: one's own, then popular ones.

    Popular are those of several people; they are offered where every word is in a published
    piece: what somebody looked for among drafts is nobody else's.
    """
    folded = " ".join(fold(beginning).split())
    found: dict[str, str] = {}
    own = {"person": actor.id, "most": OWN, "beginning": folded, "length": len(folded)}
    for one, text in session.connection().execute(_SUCCEEDED, own):
        found.setdefault(one, text)
    for one, text in _popular(folded):
        if len(found) < limit and one not in found and _is_published(text):
            found[one] = text
    return list(found.values())[:limit]


def _popular(folded: str) -> Sequence[tuple[str, str]]:
    pattern = re.sub("[/%_]", r"/\g<0>", folded) + "%"
    asked = {"pattern": pattern, "beginning": folded, "after": folded + LAST}
    is_sqlite = engine().dialect.name == "sqlite"
    found = session.connection().execute(_POPULAR_IN_SPAN if is_sqlite else _POPULAR, asked)
    return [(row.folded, row.text) for row in found]


def _is_published(text: str) -> bool:
    try:
        return registry.engine().knows(text)
    except EngineUnavailable:
        return False
