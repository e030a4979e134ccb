"""Recalls as answers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

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


class RecallLine(BaseModel):
    """A recall in a list; `successor` is none where the asset was retired.

    The counts are none for those who do not look after the piece.
    """

    id: int
    asset: PieceAnswer
    successor: int | None
    level: str
    changed_pages: str
    holders_count: int | None
    done_count: int | None
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, recall: Recall, counts: tuple[int, int] | None) -> "RecallLine":
        """From the row and its counts of holders and of those who are done."""
        return cls(**_line(recall, counts))


class RecallAnswer(RecallLine):
    """A recall with the holders that the person may see."""

    holders: list[HolderAnswer]

    @classmethod
    def with_holders(
        cls,
        recall: Recall,
        shown: Sequence[RecallHolder],
        seen: Collection[int],
        *,
        is_tracked: bool,
    ) -> "RecallAnswer":
        """From the rows."""
        done = sum(1 for holder in recall.holders if holder.done_at)
        counts = (len(recall.holders), done) if is_tracked else None
        holders = [HolderAnswer.of(holder, seen) for holder in shown]
        return cls(holders=holders, **_line(recall, counts))


class RecallList(BaseModel):
    """A page of recalls."""

    items: list[RecallLine]
    next: str | None
    total: int


def _line(recall: Recall, counts: tuple[int, int] | None) -> dict[str, Any]:
    return {
        "id": recall.id,
        "asset": PieceAnswer.of(recall.version),
        "successor": recall.successor.number if recall.successor else None,
        "level": recall.level.value,
        "changed_pages": recall.changed_pages,
        "holders_count": counts[0] if counts else None,
        "done_count": counts[1] if counts else None,
        "created_at": recall.created_at,
        "closed_at": recall.closed_at,
    }
