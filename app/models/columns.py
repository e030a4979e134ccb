"""How the database keeps a closed set of values."""

from enum import StrEnum

from sqlalchemy import Enum


def stored(choices: type[StrEnum]) -> Enum:
    """A text column that takes only these values."""
    return Enum(
        choices,
        native_enum=False,
        create_constraint=True,
        length=20,
        name=choices.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
