"""The standing cast: who the people in the tests are.

ada the admin, max the marketer, mia the manager, rae and rob the reps, otto on no team.
"""

from argon2 import PasswordHasher

from app.choices import Role
from app.clock import now
from app.db import session, transaction
from app.models import Team, User

PASSWORD = "correct horse battery staple"
# Cheap on purpose: the tests are about who may come in, not about how slow guessing is.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

EVERYBODY = {
    "ada": (Role.ADMIN, None),
    "max": (Role.MARKETER, "North"),
    "mia": (Role.MANAGER, "North"),
    "rae": (Role.REP, "North"),
    "rob": (Role.REP, "South"),
    "otto": (Role.REP, None),
}


def email(name: str) -> str:
    """The address of somebody of the cast."""
    return f"{name}@example.com"


def enter() -> None:
    """Give everybody an account."""
    with transaction():
        teams = {name: Team(name=name, folded=name.lower()) for name in ("North", "South")}
        session.add_all(teams.values())
        for name, (role, team) in EVERYBODY.items():
            session.add(
                User(
                    email=email(name),
                    name=name.capitalize(),
                    role=role,
                    team=teams[team] if team else None,
                    password_hash=HASH,
                    created_at=now(),
                )
            )
