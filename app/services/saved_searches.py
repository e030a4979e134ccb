"""Keeping searches, and telling people what matches them since."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select

from app.choices import NoticeKind
from app.clock import now
from app.db import batches, one_at_a_time, session
from app.errors import Conflict, Invalid
from app.inputs.search import NewSavedSearch
from app.models.asset import Asset
from app.models.person import User
from app.models.saved_search import SavedMatch, SavedSearch
from app.queries import saved_searches as questions
from app.services import audit, indexing, notices
from app.services.notices import News

SAVED_LOCK = 7313
MOST, NAMED, BATCH = 50, 8, 500


def save(actor: User, new: NewSavedSearch) -> SavedSearch:
    """Keep a search under a name; the same again changes nothing.

    Raises Conflict where the name is taken by another one, or there are 50 already.
    """
    one_at_a_time(SAVED_LOCK)
    text, filters = new.q, new.in_use()
    if not text and not filters:
        raise Invalid({"q": ["Search for something first: words, a filter, or both."]})
    same = questions.named(actor, new.name)
    if same is not None:
        if (same.text, same.filters) != (text, filters):
            raise Conflict(f"You keep another search called “{new.name}”. Give this one its own.")
        return same
    if len(questions.of(actor)) >= MOST:
        raise Conflict(f"You keep {MOST} searches already. Remove one first.")
    saved = SavedSearch(
        position=indexing.newest_change(),
        person_id=actor.id,
        name=new.name,
        text=text,
        filters=filters,
        wants_notice=new.notify,
        created_at=now(),
    )
    session.add(saved)
    session.flush()
    audit.record(actor, "search.saved", saved, {"name": saved.name})
    return saved


def remove(actor: User, saved: SavedSearch) -> None:
    """Keep it no longer."""
    audit.record(actor, "search.removed", saved, {"name": saved.name})
    session.delete(saved)


def set_notices(actor: User, saved: SavedSearch, *, wanted: bool) -> None:
    """Tell its owner of new matches, or no longer."""
    if saved.wants_notice != wanted:
        saved.wants_notice = wanted
        audit.record(actor, "search.notices_set", saved, {"wanted": wanted})


def found(saved_id: int, matches: Mapping[int, int], position: int) -> int:
    """Note what matches up to this change, and tell of what is new; answers how much is.

    `matches` maps assets to the number of their last change: what has not changed since the search
    was saved or asked last is not new, even if it matches by a new synonym or a new role. Safe to
    repeat.
    """
    one_at_a_time(SAVED_LOCK)
    saved = session.get(SavedSearch, saved_id, populate_existing=True)
    if saved is None or saved.position >= position:
        return 0
    before, since = questions.known(saved), saved.position
    gone = [one for one in before if one not in matches]
    more = [one for one in matches if one not in before]
    _forget(saved, gone)
    _remember(saved, more)
    saved.position = position
    new = [one for one in more if matches[one] > since]
    if not new or not saved.wants_notice:
        return 0
    saved.told_at = now()
    notices.tell(saved.person, _news(saved, new, position))
    return len(new)


def _remember(saved: SavedSearch, more: Sequence[int]) -> None:
    for some in batches(more):
        there = session.scalars(select(Asset.id).where(Asset.id.in_(some)))
        rows = [{"saved_search_id": saved.id, "asset_id": one, "since": now()} for one in there]
        if rows:
            session.execute(insert(SavedMatch), rows)


def _forget(saved: SavedSearch, gone: Sequence[int]) -> None:
    own = SavedMatch.saved_search_id == saved.id
    for some in batches(gone):
        session.execute(delete(SavedMatch).where(own, SavedMatch.asset_id.in_(some)))


def _news(saved: SavedSearch, new: Sequence[int], position: int) -> News:
    titles = session.scalars(
        select(Asset.title)
        .where(Asset.id.in_(new[:BATCH]))
        .order_by(Asset.updated_at.desc())
        .limit(NAMED)
    ).all()
    more = len(new) - len(titles)
    count = "1 new piece matches" if len(new) == 1 else f"{len(new)} new pieces match"
    return News(
        NoticeKind.SAVED_SEARCH,
        f"{saved.id}/{position}",
        f"{count} “{saved.name}”",
        "\n".join([*titles, *[f"and {more} more"] * (more > 0)]),
        questions.address(saved),
    )
