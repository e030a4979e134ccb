"""What is said of uses."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, StrictInt

from app.choices import How
from app.inputs.deal import ExternalId
from app.inputs.fields import Day, Input, Line, Number, Prose, When, between, none_if_empty

AssetRef = (
    Annotated[StrictInt, Field(ge=1, le=2**31 - 1)]
    | Annotated[Line, Field(min_length=1, max_length=120)]
)
# What is still to come is refused by the verb, by its own clock.
_OF_USES = between(date(2000, 1, 1))
UseDay = Annotated[Day, _OF_USES]


class NewUse(Input):
    """A use of an asset on a deal; without a version the one that was current at the time."""

    asset: AssetRef
    version: Annotated[Number | None, BeforeValidator(none_if_empty)] = None
    how: How
    occurred_at: Annotated[When, _OF_USES] = None
    note: Annotated[Prose, Field(max_length=2000)] = ""


class NewUseOnDeal(NewUse):
    """A use of a list, with its deal."""

    deal: ExternalId
