"""Which two versions are compared."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.inputs.fields import Input, Number, none_if_empty


class Comparison(Input):
    """The numbers of the versions; without them the current one and the one before it."""

    old: Annotated[Number | None, BeforeValidator(none_if_empty), Field(alias="from")] = None
    to: Annotated[Number | None, BeforeValidator(none_if_empty)] = None
