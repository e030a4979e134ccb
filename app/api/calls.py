"""How calls are declared and read: flask-openapi3 describes them, this module parses them.

The library's own parsing is passed over: it turns a form's `2026` into a number before a title
is checked, builds a JSON schema at every request, and answers malformed JSON with 422.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any, cast, get_args, get_type_hints

from flask import request
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, Field, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType
from werkzeug.wrappers import Response

from app.errors import Invalid, NotFound
from app.http.errors import messages
from app.inputs.fields import Input

Responses = dict[str | int | HTTPStatus, type[BaseModel] | dict[Any, Any] | None]
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
"""What is sent with these to a call that takes nothing would be lost in silence: it is refused."""
_OF_NUMBERS = ("int_", "greater_than", "less_than")


class Problem(BaseModel):
    """An RFC 9457 problem document."""

    type: str
    title: str
    status: int
    detail: str
    fields: dict[str, list[str]] = Field(default={}, description="Messages by field, on 422.")
    duplicate_of: dict[str, int | str] = Field(
        default={}, description="`id` and `slug` of the asset that has the same bytes, on 409."
    )


def problem(description: str) -> dict[str, Any]:
    """How a refusal is described."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {"application/problem+json": {"schema": schema}}}


REFUSALS: Responses = {
    400: problem("The request is malformed."),
    401: problem("There is no valid token."),
    403: problem("The person may see it and not do this."),
    404: problem("It is not there, or the person may not see it."),
    409: problem("It does not go with the state things are in."),
    412: problem("It has changed since the sender last read it."),
    413: problem("The file is too large."),
    415: problem("The content type is wrong."),
    422: problem("Something that was sent is not right; `fields` says what."),
    503: problem("A part of the hub is not ready."),
}


class Calls(APIBlueprint):
    """A group of calls, each described and read by the annotations of its function."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(
            f"api_{name}",
            __name__,
            url_prefix="/api/v1",
            abp_tags=[Tag(name=title)],
            abp_security=[{"token": []}],
            abp_responses=REFUSALS,
        )

    @staticmethod
    def create_view_func(func: Callable[..., Any], *_: Any, **__: Any) -> Any:
        """Read what the function asks for, then answer with what it gives."""
        wanted = {
            name: annotation
            for name, annotation in inspect.get_annotations(func, eval_str=True).items()
            if name in _READERS
        }

        @wraps(func)
        def view(**path: Any) -> Response:
            if request.method in CHANGING and not wanted.keys() & {"body", "form"}:
                _body(Input, path)
            read = {name: _READERS[name](model, path) for name, model in _fitting(wanted)}
            return answered(func(**read))

        return view


def either(call: Callable[..., Any]) -> Callable[..., Any]:
    """Let a call take JSON or a form, whichever is sent; the other is None.

    The description wants the models themselves rather than “this or None”.
    """
    hints = get_type_hints(call)
    sent = {name: get_args(hints[name])[0] for name in ("body", "form")}
    call.__annotations__ = {**hints, **sent}
    return call


def _fitting(
    wanted: Mapping[str, type[BaseModel]],
) -> Iterable[tuple[str, type[BaseModel]]]:
    """Of a call that takes JSON or a form, the one that was sent."""
    if "form" in wanted and "body" in wanted:
        other = "body" if request.mimetype in FORMS else "form"
        return [(name, model) for name, model in wanted.items() if name != other]
    return wanted.items()


def answered(given: Any) -> Response:
    """A model as JSON, with a status where one is given beside it; responses as they are."""
    body, status = given if isinstance(given, tuple) else (given, 200)
    if isinstance(body, Response):
        return body
    if body is None:
        return Response(status=204)
    text = cast(BaseModel, body).model_dump_json(by_alias=True)
    return Response(text, status, mimetype="application/json")


def _checked(model: type[BaseModel], given: Mapping[str, Any]) -> BaseModel:
    try:
        return model.model_validate(given)
    except ValidationError as wrong:
        raise messages(wrong) from None


def _path(model: type[BaseModel], path: Mapping[str, Any]) -> BaseModel:
    """What an address names: nothing, where no such thing can be. A PUT that makes it hears why."""
    try:
        return model.model_validate(path)
    except ValidationError as wrong:
        is_number = all(error["type"].startswith(_OF_NUMBERS) for error in wrong.errors())
        if request.method != "PUT" or is_number:
            raise NotFound from None
        raise messages(wrong) from None


def _query(model: type[BaseModel], _path: Mapping[str, Any]) -> BaseModel:
    return _checked(model, _by_name(model, request.args))


def _form(model: type[BaseModel], _path: Mapping[str, Any]) -> BaseModel:
    if request.mimetype not in FORMS:
        raise UnsupportedMediaType
    files = {name: sent for name, sent in request.files.items(multi=True) if sent.filename}
    if "file" in request.form or len(request.files.getlist("file")) > 1:
        raise Invalid({"file": ["Send one file, as a part of its own with a file name."]})
    return _checked(model, {**_by_name(model, request.form), **files})


def _body(model: type[BaseModel], _path: Mapping[str, Any]) -> BaseModel:
    if not request.content_length and "Transfer-Encoding" not in request.headers:
        return _checked(model, {})
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        given = request.get_json()
    except (RecursionError, UnicodeDecodeError):
        raise BadRequest from None
    if not isinstance(given, dict):
        raise BadRequest
    return _checked(model, given)


def _by_name(model: type[BaseModel], given: MultiDict[str, str]) -> dict[str, Any]:
    lists = _lists(model)
    return {name: v if name in lists else v[-1] for name, v in given.lists()}


@lru_cache(maxsize=64)
def _lists(model: type[BaseModel]) -> frozenset[str]:
    fields = model.model_json_schema()["properties"]
    return frozenset(name for name, field in fields.items() if field.get("type") == "array")


_READERS: Mapping[str, Callable[[type[BaseModel], Mapping[str, Any]], Any]] = {
    "path": _path,
    "query": _query,
    "form": _form,
    "body": _body,
}
