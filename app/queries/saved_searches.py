"""The searches that people keep."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import func, or_, select

from app.clock import now
from app.db import session
from app.errors import NotFound
from app.inputs.listing import Search
from app.models.person import User
from app.models.saved_search import SavedMatch, SavedSearch

REST = timedelta(hours=1)


def of(actor: User) -> Sequence[SavedSearch]:
    """The person's own, by name."""
    own = select(SavedSearch).where(SavedSearch.person_id == actor.id)
    return session.scalars(own.order_by(func.lower(SavedSearch.name), SavedSearch.id)).all()


def get(actor: User, saved_id: int) -> SavedSearch:
    """One of the person's own; raises NotFound."""
    found = session.get(SavedSearch, saved_id)
    if found is None or found.person_id != actor.id:
        raise NotFound("There is no such saved search of yours.")
    return found


def named(actor: User, name: str) -> SavedSearch | None:
    """The person's own of this name."""
    return session.scalar(select(SavedSearch).filter_by(person_id=actor.id, name=name))


def behind(newest: int, limit: int) -> Sequence[SavedSearch]:
    """Those that were not asked again since the library changed, the longest behind first.

    Whoever was told within the hour is told of the rest later, at once. People who may not come in
    are left out.
    """
    is_behind = SavedSearch.position < newest
    is_rested = or_(SavedSearch.told_at.is_(None), SavedSearch.told_at < now() - REST)
    chosen = select(SavedSearch).join(User).where(is_behind, is_rested, User.is_active)
    order = (SavedSearch.position, SavedSearch.id)
    return session.scalars(chosen.order_by(*order).limit(limit)).all()


def one(saved_id: int) -> SavedSearch | None:
    """One of anybody's, for the hub itself."""
    return session.get(SavedSearch, saved_id)


def known(saved: SavedSearch) -> set[int]:
    """The assets that are known to match."""
    chosen = select(SavedMatch.asset_id).where(SavedMatch.saved_search_id == saved.id)
    return set(session.scalars(chosen))


def asked(saved: SavedSearch) -> Search:
    """The search itself."""
    return Search.of(saved.text, saved.filters)


def address(saved: SavedSearch) -> str:
    """Where its results are."""
    return f"/search?{urlencode({'q': saved.text, **saved.filters}, doseq=True)}"
