"""What is said in a field review."""

from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from app.choices import Readiness
from app.clock import today
from app.inputs.fields import Day, Email, Input, Number, Prose, none_if_empty

Remark = Annotated[Prose, Field(max_length=2000)]
MaybeNumber = Annotated[Number | None, BeforeValidator(none_if_empty)]


class NewFieldReview(Input):
    """Who is asked about which version, without a number the newest; until which day."""

    reviewers: Annotated[list[Email], Field(min_length=1, max_length=20)]
    version: MaybeNumber = None
    note: Remark = ""
    due_on: Day = None

    @field_validator("due_on")
    @classmethod
    def _not_past(cls, value: Day) -> Day:
        if value is not None and value < today():
            raise ValueError("This day is over. Choose today or a later one.")
        return value


class Opinion(Input):
    """Ready or not ready, and why."""

    readiness: Readiness
    note: Remark = ""


class NewComment(Input):
    """A remark on a page, without a number on the whole."""

    text: Annotated[Prose, Field(min_length=1, max_length=2000)]
    page: MaybeNumber = None
