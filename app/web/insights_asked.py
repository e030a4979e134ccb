"""What is asked of a page of insights, from its address, and how the page answers."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import render_template, request

from app.clock import today
from app.errors import Invalid
from app.inputs.fields import Input
from app.inputs.insights import Period
from app.queries import people
from app.web.actor import current_actor
from app.web.forms import Answer, checked

SINGLE = ("from", "to", "team")
Asked = TypeVar("Asked", bound=Input)


def asked(form: type[Asked], single: Sequence[str] = SINGLE) -> Asked:
    """The filters of the address; raises Invalid where they are not understood."""
    return checked(form, {name: request.args[name] for name in single if request.args.get(name)})


def understood(form: type[Asked], single: Sequence[str] = SINGLE) -> tuple[Asked, str]:
    """The filters of the address; where they are not understood none, and why."""
    try:
        found = asked(form, single)
        if isinstance(found, Period) and found.team is not None:
            people.team_to_read(current_actor(), found.team)
    except Invalid as problem:
        return form(), problem.detail
    return found, ""


def frame(period: Period) -> dict[str, Any]:
    """What the filters of a page show."""
    return {
        "period": period.period(today()),
        "teams": people.teams_to_compare(current_actor()),
        "here": {name: request.args[name] for name in SINGLE if request.args.get(name)},
    }


def page(template: str, problem: str, **context: Any) -> Answer:
    """The page; 422 where it says that the filters were not understood."""
    return render_template(template, problem=problem, **context), 422 if problem else 200
