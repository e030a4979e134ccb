"""Which snapshots there are, and which of them are to be made anew."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.clock import now, today
from app.db import session
from app.models.evidence import EvidenceSnapshot
from app.models.use import Use
from app.queries.evidence.marks import mark
from app.queries.evidence.scope import Scope, default

# With no more uses than this, or in less time than this, it is worked out while a page waits.
FEW_USES = 10_000
QUICK = 0.3
# A pause of so many times as long as it took leaves most of a processor to others, and the figures
# of the largest company younger than a minute.
PAUSE = 3.0


def exactly(scope: Scope) -> EvidenceSnapshot | None:
    """The snapshot of just this scope and period."""
    return session.scalar(
        select(EvidenceSnapshot).where(
            EvidenceSnapshot.scope == scope.name,
            EvidenceSnapshot.starts_on == scope.starts_on,
            EvidenceSnapshot.ends_on == scope.ends_on,
        )
    )


def nearest(scope: Scope) -> EvidenceSnapshot | None:
    """The newest one with figures for a scope; for the default period also that of a day before."""
    chosen = select(EvidenceSnapshot).where(
        EvidenceSnapshot.scope == scope.name, EvidenceSnapshot.computed_at.is_not(None)
    )
    if scope.is_default:
        chosen = chosen.where(EvidenceSnapshot.is_default)
    else:
        chosen = chosen.where(
            EvidenceSnapshot.starts_on == scope.starts_on, EvidenceSnapshot.ends_on == scope.ends_on
        )
    return session.scalar(chosen.order_by(EvidenceSnapshot.ends_on.desc()).limit(1))


def is_quick(known: EvidenceSnapshot | None) -> bool:
    """Whether the figures can be worked out while somebody waits."""
    if known is not None and known.computed_at is not None:
        return known.seconds <= QUICK
    return (session.scalar(select(func.count()).select_from(Use)) or 0) <= FEW_USES


def kept() -> Sequence[Scope]:
    """Every scope that figures are kept of."""
    known = select(EvidenceSnapshot).order_by(EvidenceSnapshot.id)
    return [scope_of(one) for one in session.scalars(known)]


def due() -> Sequence[Scope]:
    """What the worker should work out now: everybody's deals, and what was asked for and changed.

    What takes long is left alone for three times as long.
    """
    known = session.scalars(select(EvidenceSnapshot).order_by(EvidenceSnapshot.id)).all()
    found = [scope for one in known if _is_due(one, scope := scope_of(one))]
    everybody = default()
    return found if exactly(everybody) else [everybody, *found]


def scope_of(snapshot: EvidenceSnapshot) -> Scope:
    """The scope that a snapshot is of."""
    return Scope(snapshot.scope, snapshot.starts_on, snapshot.ends_on, snapshot.is_default)


def _is_due(one: EvidenceSnapshot, scope: Scope) -> bool:
    if one.is_default and one.ends_on < today():
        return False
    if one.computed_at is None:
        return True
    since = (now() - one.computed_at).total_seconds()
    return since >= PAUSE * one.last_seconds and one.mark != mark(scope)
