"""Whose deals the evidence is on: everybody's, a team's or a person's, opened in a period."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select

from app.choices import How, Role
from app.clock import today
from app.inputs.insights import Period
from app.models.deal import Deal
from app.models.person import User
from app.models.use import Use
from app.queries import months, people

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """Deals by whose they are and when they were opened; named `all`, `team:3` or `person:7`."""

    name: str
    starts_on: date
    ends_on: date
    is_default: bool

    def members(self) -> Select[int] | None:
        """The ids of the people it is about; none for everybody."""
        sort, _, number = self.name.partition(":")
        if sort == "team":
            return select(User.id).where(User.team_id == int(number))
        return select(User.id).where(User.id == int(number)) if number else None

    def uses(self) -> list[ColumnElement[bool]]:
        """What their people's uses in the period have in common; a buyer's opening is none."""
        chosen = [
            Use.how != How.OPENED,
            *months.within(Use.occurred_at, self.starts_on, self.ends_on),
        ]
        members = self.members()
        return chosen if members is None else [*chosen, Use.person_id.in_(members)]

    def whose(self) -> Select[Deal]:
        """All of their deals, of any time."""
        members = self.members()
        return select(Deal) if members is None else select(Deal).where(Deal.owner_id.in_(members))

    def cohort(self) -> Select[Deal]:
        """Their deals that were opened in the period."""
        return self.whose().where(Deal.opened_on.between(self.starts_on, self.ends_on))


def default(name: str = EVERYBODY) -> Scope:
    """The last 24 months of these deals."""
    starts_on, ends_on = Period().period(today())
    return Scope(name, starts_on, ends_on, is_default=True)


def asked_for(actor: User, asked: Period) -> Scope:
    """The deals that a question is about; a rep's are those of the own team, or the own.

    Raises Forbidden where a rep asks for another team, Invalid for a team that there is not.
    """
    starts_on, ends_on = asked.period(today())
    is_default = asked.start is None and asked.to is None
    return Scope(_whose(actor, asked.team), starts_on, ends_on, is_default)


def _whose(actor: User, team: str | None) -> str:
    if team is not None:
        return f"team:{people.team_to_read(actor, team).id}"
    if actor.role is not Role.REP:
        return EVERYBODY
    return f"person:{actor.id}" if actor.team_id is None else f"team:{actor.team_id}"
