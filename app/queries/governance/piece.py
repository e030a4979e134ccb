"""A piece as the board knows it: figures alone, from which the rules judge."""

from datetime import date
from typing import NamedTuple

from app.choices import Kind, Status
from app.queries.cards import PersonCard

ROOM = 90
"""For how many days a version may go without being looked at before that says anything."""


class Piece(NamedTuple):
    """One asset; a tuple, since thousands are made for a page.

    `number` and `age` (in days, since it was given to reps) are the current version's, none
    where there is none. Views and uses are of 90 days. `notes` wait for an answer, `wrong` of
    them say wrong or out of date. `helped` and `unhelpful` are notes of a year, without those
    that were fixed or declined. `hurts` says that by the evidence it likely does.
    """

    id: int
    slug: str
    title: str
    kind: Kind
    status: Status
    owner: PersonCard
    number: int | None
    age: int | None
    review_by: date | None
    days_over: int
    is_counted: bool = False
    views: int = 0
    uses: int = 0
    open_deals: int = 0
    notes: int = 0
    wrong: int = 0
    helped: int = 0
    unhelpful: int = 0
    duplicates: int = 0
    hurts: bool = False

    @property
    def is_out(self) -> bool:
        """Whether reps have it."""
        return self.status is Status.PUBLISHED

    @property
    def is_in_use(self) -> bool:
        """Whether it was used lately, or an open deal holds it."""
        return self.uses > 0 or self.open_deals > 0

    @property
    def is_new(self) -> bool:
        """Whether its current version has not had its time yet."""
        return self.age is None or self.age < ROOM

    @property
    def is_forgotten(self) -> bool:
        """Whether it had its time, and in 90 days nobody looked at it or used it."""
        return not self.views and not self.uses and self.is_counted and not self.is_new

    @property
    def balance(self) -> int:
        """Notes that say that it helped, less those that say the opposite."""
        return self.helped - self.unhelpful
