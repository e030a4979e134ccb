"""Who works at the example company, and on which team."""

from dataclasses import dataclass

from app.choices import Role

DOMAIN = "larkfield.example"
TEAMS = ("Nordics", "DACH", "UK & Ireland")


@dataclass(frozen=True, slots=True)
class ExamplePerson:
    """Somebody with an account; `key` is the part of the address before the @."""

    key: str
    name: str
    role: Role
    team: str | None = None

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    ExamplePerson("ingrid", "Ingrid Solberg", Role.ADMIN),
    ExamplePerson("priya", "Priya Raman", Role.MARKETER),
    ExamplePerson("tomasz", "Tomasz Zielinski", Role.MARKETER),
    ExamplePerson("helen", "Helen Ward", Role.MANAGER, "UK & Ireland"),
    ExamplePerson("marco", "Marco Bianchi", Role.MANAGER, "DACH"),
    ExamplePerson("signe", "Signe Dahl", Role.MANAGER, "Nordics"),
    ExamplePerson("aoife", "Aoife Byrne", Role.REP, "UK & Ireland"),
    ExamplePerson("dan", "Dan Okafor", Role.REP, "UK & Ireland"),
    ExamplePerson("jonas", "Jonas Keller", Role.REP, "DACH"),
    ExamplePerson("miriam", "Miriam Vogt", Role.REP, "DACH"),
    ExamplePerson("elin", "Elin Nyström", Role.REP, "Nordics"),
    ExamplePerson("rasmus", "Rasmus Holm", Role.REP, "Nordics"),
)


def sellers(team: str) -> list[str]:
    """The keys of a team's reps."""
    return [one.key for one in PEOPLE if one.team == team and one.role is Role.REP]


def manager(team: str) -> str:
    """The key of the person who leads a team."""
    return next(one.key for one in PEOPLE if one.team == team and one.role is Role.MANAGER)
