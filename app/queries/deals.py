"""Which deals somebody may see, one of them, or a list."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, false, func, or_, select

from app.choices import Outcome, Role
from app.db import session
from app.errors import NotFound
from app.inputs.deal import DealListing
from app.models.deal import Deal
from app.models.person import User
from app.models.stage import Stage
from app.queries.paging import Listed, listed, place

MOST_WORDS = 10
HIDDEN = "There is no such deal, or you may not see it."


def visible_to(actor: User) -> Select[Deal]:
    """Every deal that this person may know of: all, or their own and their team's."""
    if actor.role in (Role.MARKETER, Role.ADMIN):
        return select(Deal)
    team = select(User.id).where(User.team_id == actor.team_id)
    return select(Deal).where(
        or_(
            Deal.owner_id == actor.id,
            Deal.owner_id.in_(team) if actor.team_id is not None else false(),
        )
    )


def get(actor: User, external_id: str) -> Deal:
    """One deal by its external id; raises NotFound also when it may not be seen."""
    return _found(session.scalar(visible_to(actor).where(Deal.external_id == external_id)))


def by_id(actor: User, deal_id: int) -> Deal:
    """One deal by its number here; raises NotFound also when it may not be seen."""
    return _found(session.scalar(visible_to(actor).where(Deal.id == deal_id)))


def named(external_id: str) -> Deal | None:
    """The deal with this external id, whoever may see it."""
    return session.scalar(select(Deal).where(Deal.external_id == external_id))


def to_count(actor: User) -> Select[Deal]:
    """Every deal that may count in figures for this person: all, for a rep those they may see."""
    return visible_to(actor) if actor.role is Role.REP else select(Deal)


def seen(actor: User, ids: Collection[int]) -> set[int]:
    """Which of these deals the person may be told of."""
    if not ids:
        return set()
    chosen = visible_to(actor).with_only_columns(Deal.id).where(Deal.id.in_(ids))
    return set(session.scalars(chosen))


def listing(actor: User, asked: DealListing) -> Listed[Deal]:
    """Deals by their filters, newest first."""
    return _page(_filtered(visible_to(actor), asked), asked)


def _page(chosen: Select[Deal], asked: DealListing) -> Listed[Deal]:
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if asked.cursor:
        chosen = chosen.where(Deal.id < place(asked.cursor))
    rows = session.scalars(chosen.order_by(Deal.id.desc()).limit(asked.limit + 1)).all()
    return listed(rows, asked.limit, total, lambda deal: deal.id)


def search(actor: User, asked: DealListing, words: str) -> Listed[Deal]:
    """The same, with every word in the name, the account or the id."""
    return _page(_with_words(_filtered(visible_to(actor), asked), words), asked)


def open_of(actor: User, limit: int) -> Sequence[Deal]:
    """The person's own open deals, the last touched first."""
    own = select(Deal).where(Deal.owner_id == actor.id, Deal.outcome == Outcome.OPEN)
    return session.scalars(own.order_by(Deal.updated_at.desc(), Deal.id).limit(limit)).all()


def likely(actor: User, words: str, limit: int) -> Sequence[Deal]:
    """Deals to log a use on: open ones first, one's own before the team's, then the last touched.

    With words only those whose name or account has them.
    """
    chosen = _with_words(visible_to(actor), words)
    order = (
        Deal.outcome != Outcome.OPEN,
        func.coalesce(Deal.owner_id, 0) != actor.id,
        Deal.updated_at.desc(),
        Deal.id,
    )
    return session.scalars(chosen.order_by(*order).limit(limit)).all()


def _with_words(chosen: Select[Deal], words: str) -> Select[Deal]:
    for word in words.casefold().split()[:MOST_WORDS]:
        has = or_(
            Deal.name_folded.contains(word, autoescape=True),
            Deal.account_folded.contains(word, autoescape=True),
            func.lower(Deal.external_id).contains(word, autoescape=True),
        )
        chosen = chosen.where(has)
    return chosen


def _found(deal: Deal | None) -> Deal:
    if deal is None:
        raise NotFound(HIDDEN)
    return deal


def _filtered(chosen: Select[Deal], asked: DealListing) -> Select[Deal]:
    if asked.owner:
        emails = [email.lower() for email in asked.owner]
        chosen = chosen.where(Deal.owner_id.in_(select(User.id).where(User.email.in_(emails))))
    if asked.stage:
        folded = [name.casefold() for name in asked.stage]
        chosen = chosen.where(Deal.stage_id.in_(select(Stage.id).where(Stage.folded.in_(folded))))
    if asked.outcome:
        chosen = chosen.where(Deal.outcome.in_(asked.outcome))
    if asked.segment:
        chosen = chosen.where(Deal.segment_folded.in_([one.casefold() for one in asked.segment]))
    if asked.account:
        chosen = chosen.where(Deal.account_folded.in_([one.casefold() for one in asked.account]))
    return chosen
