"""What is asked of a page of insights, from its address."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import request

from app.clock import today
from app.errors import Invalid
from app.inputs.fields import Input
from app.inputs.insights import EvidenceListing, Period
from app.queries import people
from app.web.actor import current_actor
from app.web.forms import checked

SINGLE = ("from", "to", "team")
Asked = TypeVar("Asked", bound=Input)


def understood(form: type[Asked], single: Sequence[str] = SINGLE) -> tuple[Asked, str]:
    """The filters of the address; where they are not understood none, and why."""
    try:
        given = {name: request.args[name] for name in single if request.args.get(name)}
        asked = checked(form, given)
        if isinstance(asked, Period) and asked.team is not None:
            people.to_read_of(current_actor(), asked.team)
    except Invalid as problem:
        return form(), problem.detail
    return asked, ""


def frame(asked: Period) -> dict[str, Any]:
    """What the filters of a page show."""
    days = EvidenceListing.model_validate({"from": asked.start, "to": asked.to}).period(today())
    return {
        "period": days,
        "teams": people.teams_to_compare(current_actor()),
        "here": {name: request.args[name] for name in SINGLE if request.args.get(name)},
    }
