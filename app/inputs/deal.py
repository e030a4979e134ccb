"""What is said of deals."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from app.choices import Outcome
from app.inputs.fields import (
    Day,
    Email,
    Input,
    Line,
    Moment,
    Values,
    between,
    none_if_empty,
)
from app.inputs.money import Money

Name = Annotated[Line, Field(min_length=1, max_length=300)]
Short = Annotated[Line, Field(max_length=120)]
Source = Annotated[Line, Field(max_length=200)]
StageName = Annotated[Line, Field(min_length=1, max_length=120)]
_OF_DEALS = between(date(1990, 1, 1), date(2100, 12, 31))
MaybeOwner = Annotated[Email | None, BeforeValidator(none_if_empty)]
MaybeMoney = Annotated[Money | None, BeforeValidator(none_if_empty)]


def _usable(text: str) -> str:
    if "/" in text or text in (".", ".."):
        raise ValueError("give an id without a slash that is not just dots")
    return text


def _printable(given: object) -> object:
    if isinstance(given, str) and not given.strip().isprintable():
        raise ValueError("give an id of one line, without characters that cannot be seen")
    return given


ExternalId = Annotated[
    Line,
    Field(min_length=1, max_length=200),
    BeforeValidator(_printable),
    AfterValidator(_usable),
]
TEXTS = ("name", "account", "segment", "industry", "region", "lead_source", "campaign")
NEVER_NULL = (
    *TEXTS,
    "competitors",
    "stage",
    "stage_history",
    "outcome",
    "opened_on",
)


class StageStep(Input):
    """A stage and the moment at which the deal came into it."""

    stage: StageName
    entered_at: Annotated[Moment, _OF_DEALS]


class DealChange(Input):
    """Changes to a deal, or a new one; a field that is left out keeps its value."""

    name: Name | None = None
    account: Annotated[Line, Field(max_length=300)] | None = None
    owner_email: MaybeOwner = None
    amount: MaybeMoney = None
    segment: Short | None = None
    industry: Short | None = None
    region: Short | None = None
    competitors: Values | None = None
    lead_source: Source | None = None
    campaign: Source | None = None
    stage: StageName | None = None
    stage_history: Annotated[list[StageStep], Field(max_length=200)] | None = None
    outcome: Outcome | None = None
    opened_on: Annotated[date, _OF_DEALS] | None = None
    closed_on: Annotated[Day, _OF_DEALS] = None

    @field_validator(*NEVER_NULL, mode="before")
    @classmethod
    def _refuse_null(cls, value: object) -> object:
        if value is None:
            raise ValueError("This cannot be empty. Leave it out to keep it as it is.")
        return value


class NamedDeal(DealChange):
    """A deal of a list, with its own id."""

    external_id: ExternalId


class Bulk(Input):
    """Up to 500 items, each looked at by itself."""

    items: Annotated[list[Any], Field(max_length=500)]


class DealListing(Input):
    """Which deals: several values of one filter mean or, different filters and."""

    owner: list[Email] = []
    stage: list[StageName] = []
    outcome: list[Outcome] = []
    segment: list[Short] = []
    account: list[Annotated[Line, Field(max_length=300)]] = []
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=40)] | None = None
