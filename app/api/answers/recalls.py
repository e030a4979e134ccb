"""Recalls as answers."""

from collections.abc import Collection, Sequence
from datetime import datetime

from pydantic import BaseModel

from app.api.answers.feedback import PieceAnswer
from app.api.answers.people import PersonAnswer
from app.models.recall import Recall, RecallHolder, RecallReason
from app.queries import cards


class ReasonAnswer(BaseModel):
    """Why somebody is taken to hold a version; `deal` is none where it may not be seen."""

    why: str
    version: int
    deal: str | None
    at: datetime

    @classmethod
    def of(cls, reason: RecallReason, seen: Collection[int]) -> "ReasonAnswer":
        """From the row."""
        deal = reason.deal if reason.deal and reason.deal_id in seen else None
        return cls(
            why=reason.why.value,
            version=reason.version.number,
            deal=deal.external_id if deal else None,
            at=reason.at,
        )


class HolderAnswer(BaseModel):
    """Somebody who holds the old version."""

    person: PersonAnswer
    reasons: list[ReasonAnswer]
    seen_at: datetime | None
    done_at: datetime | None

    @classmethod
    def of(cls, holder: RecallHolder, seen: Collection[int]) -> "HolderAnswer":
        """From the row."""
        return cls(
            person=PersonAnswer.of(cards.of_person(holder.person)),
            reasons=[ReasonAnswer.of(reason, seen) for reason in holder.reasons],
            seen_at=holder.seen_at,
            done_at=holder.done_at,
        )


class RecallAnswer(BaseModel):
    """A recall; `successor` is none where the asset was retired."""

    id: int
    asset: PieceAnswer
    successor: int | None
    level: str
    holders_count: int
    done_count: int
    holders: list[HolderAnswer]
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(
        cls, recall: Recall, shown: Sequence[RecallHolder], seen: Collection[int]
    ) -> "RecallAnswer":
        """From the rows, with the holders that may be shown."""
        return cls(
            id=recall.id,
            asset=PieceAnswer.of(recall.version),
            successor=recall.successor.number if recall.successor else None,
            level=recall.level.value,
            holders_count=len(recall.holders),
            done_count=sum(1 for holder in recall.holders if holder.done_at),
            holders=[HolderAnswer.of(holder, seen) for holder in shown],
            created_at=recall.created_at,
            closed_at=recall.closed_at,
        )


class RecallList(BaseModel):
    """A page of recalls."""

    items: list[RecallAnswer]
    next: str | None
    total: int
