"""What holds for each kind of asset: settled by an admin, else the product's own rule."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.choices import Kind
from app.db import session
from app.models.kind_rule import KindRule

REVIEW_DAYS: Mapping[Kind, int] = {
    Kind.PRICING: 30,
    Kind.BATTLECARD: 60,
    Kind.DECK: 90,
    Kind.PROPOSAL: 90,
    Kind.EMAIL_TEMPLATE: 90,
    Kind.ONE_PAGER: 180,
    Kind.VIDEO: 180,
    Kind.OTHER: 180,
    Kind.WHITE_PAPER: 365,
    Kind.CASE_STUDY: 365,
}


def rule(kind: Kind) -> KindRule:
    """What holds for this kind."""
    return session.scalar(select(KindRule).where(KindRule.kind == kind)) or _own(kind)


def rules() -> Sequence[KindRule]:
    """What holds for every kind."""
    settled = {row.kind: row for row in session.scalars(select(KindRule))}
    return [settled.get(kind) or _own(kind) for kind in Kind]


def _own(kind: Kind) -> KindRule:
    return KindRule(kind=kind, review_days=REVIEW_DAYS[kind], needs_field_review=False)
