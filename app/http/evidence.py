"""The evidence at the doors: what is quick is worked out at once, the rest by the worker."""

from typing import TypeVar

from app.db import session, transaction
from app.errors import Unavailable
from app.inputs.insights import Period
from app.models.person import User
from app.queries.evidence import snapshots
from app.queries.evidence.computing import compute
from app.queries.evidence.marks import mark
from app.queries.evidence.recounting import recount
from app.queries.evidence.scope import Scope, asked_for
from app.services import evidence

Found = TypeVar("Found")


def brought_up_to_date(actor: User, asked: Period) -> None:
    """See to it that the figures that are asked for are fresh, now or within a minute."""
    scope = asked_for(actor, asked)
    known = snapshots.exactly(scope)
    if snapshots.is_quick(known):
        if known is None or known.computed_at is None or known.mark != mark(scope):
            catch_up(scope)
    elif known is None or evidence.is_long_ago(known):
        with transaction():
            evidence.ask_for(scope)


def known(found: Found | None) -> Found:
    """Figures that are there; raises Unavailable while they are worked out for the first time."""
    if found is None:
        raise Unavailable("These figures are being worked out. Ask again in a few seconds.")
    return found


def refresh(scope: Scope) -> None:
    """Work the figures of a scope out and keep them."""
    found = compute(scope)
    session.rollback()
    with transaction():
        evidence.keep(found)


def catch_up(scope: Scope) -> None:
    """The same with no more work than what changed since asks for."""
    before = snapshots.exactly(scope)
    found = recount(scope, before) if before and before.computed_at else None
    session.rollback()
    if found is None:
        refresh(scope)
        return
    with transaction():
        evidence.keep_counts(found)
