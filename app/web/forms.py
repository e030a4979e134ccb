"""Forms: read into inputs, and shown again with everything that was filled in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from flask import render_template, request
from pydantic import BaseModel, ValidationError
from werkzeug.wrappers import Response

from app.choices import FacetName
from app.errors import HubError, Invalid, TooMany
from app.http.errors import messages
from app.inputs.fields import parted

Model = TypeVar("Model", bound=BaseModel)
OURS = frozenset(("csrf_token", "next", "token"))
LISTS = frozenset(name.value for name in FacetName)
Answer = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


def form(model: type[Model], leave_out: Collection[str] = ()) -> Model:
    """The form as this input; raises Invalid with messages by field.

    A facet's field holds values with commas between them, or with semicolons where a value has
    a comma itself; it may come several times.
    """
    given: dict[str, Any] = {}
    for name, values in request.form.lists():
        if name in LISTS:
            given[name] = [part for value in values for part in parted(value)]
        elif name not in OURS and name not in leave_out:
            given[name] = values[-1]
    return checked(model, given)


def joined(values: Sequence[str]) -> str:
    """A facet's values as its field shows them; `form` takes them apart again."""
    if any("," in value for value in values):
        return "".join(f"{value}; " for value in values).strip()
    return ", ".join(values)


def checked(model: type[Model], given: Mapping[str, Any]) -> Model:
    """These words as an input; raises Invalid."""
    try:
        return model.model_validate(given)
    except ValidationError as problem:
        raise messages(problem) from None


def ask_again(template: str, problem: HubError, **context: Any) -> tuple[str, int, dict[str, str]]:
    """The same form, with what was entered and what is wrong with it."""
    fields: Mapping[str, Any] = (
        problem.fields if isinstance(problem, Invalid) else {"": [problem.detail]}
    )
    page = render_template(template, values=entered(), errors=fields, **context)
    later = {"Retry-After": str(problem.retry_after)} if isinstance(problem, TooMany) else {}
    return page, problem.status, later


def entered() -> dict[str, str]:
    """What was filled in, as text."""
    return {name: ", ".join(values) for name, values in request.form.lists()}


def is_row_number(text: str) -> bool:
    """Whether a form's text can be the number of a row."""
    return text.isascii() and text.isdecimal() and len(text) < 10


def or_ask_again(
    work: Callable[[], Response], template: str, context: Callable[[], Mapping[str, Any]]
) -> Answer:
    """Do it, or show the form again with what is wrong.

    The context is made afterwards, since an undone transaction leaves nothing loaded.
    """
    try:
        return work()
    except HubError as problem:
        if problem.status in (403, 404):
            raise
        return ask_again(template, problem, **context())
