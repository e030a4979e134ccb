"""Library health as an answer."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from app.choices import Kind
from app.queries.library_health import LibraryHealth, Share


class ShareAnswer(BaseModel):
    """So many of so many; the rate is null where there is nothing."""

    n: int
    of: int
    rate: float | None

    @classmethod
    def to(cls, one: Share) -> "ShareAnswer":
        """From a share."""
        return cls(n=one.n, of=one.of, rate=one.rate)


class KindAnswer(BaseModel):
    """The published pieces of a kind; `median_age` is of their current versions, in days."""

    kind: Kind
    assets: int
    overdue: int
    idle: int
    median_age: float | None
    open_feedback: int


class MovedAnswer(BaseModel):
    """What was done in a month, 2026-11."""

    month: str
    published: int
    new_versions: int
    confirmed: int
    retired: int


class LibraryAnswer(BaseModel):
    """By kind, with what is counted over all kinds, and the months of the period."""

    items: Sequence[KindAnswer]
    measures: Mapping[str, ShareAnswer]
    unanswered: ShareAnswer
    months: Sequence[MovedAnswer]

    @classmethod
    def of(cls, found: LibraryHealth) -> "LibraryAnswer":
        """From what was found."""
        return cls(
            items=[
                KindAnswer(
                    kind=one.kind,
                    assets=one.pieces,
                    overdue=one.overdue,
                    idle=one.idle,
                    median_age=one.age,
                    open_feedback=one.waiting,
                )
                for one in found.kinds
            ],
            measures={name: ShareAnswer.to(one) for name, one in found.measures.items()},
            unanswered=ShareAnswer.to(found.unanswered),
            months=[
                MovedAnswer(
                    month=one.month,
                    published=one.published,
                    new_versions=one.renewed,
                    confirmed=one.confirmed,
                    retired=one.retired,
                )
                for one in found.moved
            ],
        )
