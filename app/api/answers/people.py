"""People as answers."""

from pydantic import BaseModel

from app.models.person import User
from app.queries.cards import PersonCard


class PersonAnswer(BaseModel):
    """A person."""

    id: int
    name: str
    email: str

    @classmethod
    def of(cls, person: PersonCard) -> "PersonAnswer":
        """From a card."""
        return cls(id=person.id, name=person.name, email=person.email)


class MeAnswer(BaseModel):
    """The person whom the token belongs to."""

    id: int
    email: str
    name: str
    role: str
    team: str | None

    @classmethod
    def of(cls, person: User) -> "MeAnswer":
        """From the person."""
        return cls(
            id=person.id,
            email=person.email,
            name=person.name,
            role=person.role.value,
            team=person.team.name if person.team else None,
        )
