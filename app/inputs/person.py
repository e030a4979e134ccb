"""What is said of people, teams, tokens and passwords."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.choices import Role
from app.inputs.fields import Email, Input, Line, none_if_empty

PASSWORD_LENGTH = 12


Name = Annotated[Line, Field(min_length=1, max_length=120)]
Password = Annotated[str, Field(min_length=PASSWORD_LENGTH, max_length=500)]
MaybeTeam = Annotated[Name | None, BeforeValidator(none_if_empty)]


class NewPerson(Input):
    """Somebody who is to have an account; `team` is a team's name, made if it is new."""

    email: Email
    name: Annotated[Line, Field(max_length=120)] = ""
    role: Role
    team: MaybeTeam = None


class FirstAdmin(Input):
    """The first person, who sets a password at once."""

    email: Email
    name: Name
    password: Password


class SignIn(Input):
    """An e-mail address and a password, as typed."""

    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=500)]


class PasswordChange(Input):
    """The password so far and the new one."""

    current: Annotated[str, Field(max_length=500)]
    password: Password


class NewToken(Input):
    """A token's name, and in how many days it ends; without days it does not."""

    name: Name = "token"
    days: Annotated[int | None, Field(ge=1, le=3650), BeforeValidator(none_if_empty)] = None


class TeamName(Input):
    """What a team is called."""

    name: Name
