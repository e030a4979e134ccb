"""Errors as people read them, and as programs do (RFC 9457)."""

import logging
from collections.abc import Mapping
from typing import Any, cast

from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from app.backends.storage.base import StoreFailed
from app.db import session
from app.errors import Duplicate, HubError, Invalid, NotFound, TooLarge, TooMany, Unavailable
from app.http.uploads import too_large
from app.services.storage import FULL, refusal

log = logging.getLogger(__name__)
DRAIN_BYTES = 2 * 1024**3
PLAIN = {
    400: "The request could not be read. Check how it is written.",
    401: "Send a valid token: Authorization: Bearer <token>.",
    404: "There is nothing at this address that you may see.",
    405: "This address does not do that. See the documentation for what it does.",
    415: "Send JSON with Content-Type: application/json, or a file as multipart/form-data.",
    416: "The file has no such range.",
}
SENTENCES = {
    "extra_forbidden": "There is no such field.",
    "missing": "This is needed.",
    "date_from_datetime_parsing": "Give a day as in 2026-01-31.",
    "date_from_datetime_inexact": "Give a day as in 2026-01-31.",
    "decimal_parsing": "Give an amount as in 1250.00.",
    "finite_number": "Give an amount as in 1250.00.",
    "decimal_max_digits": "Give an amount as in 1250.00.",
    "model_type": "Give an object with its fields.",
    "date_parsing": "Give a day as in 2026-01-31.",
    "datetime_from_date_parsing": "Give a day as in 2026-01-31, or a time with its zone.",
    "datetime_parsing": "Give a day as in 2026-01-31, or a time with its zone.",
    "string_pattern_mismatch": "This does not look right. Check how it is written.",
}
OPENINGS = {
    "Value error, ": "",
    "String should have": "Give",
    "List should have": "Give",
    "Input should be greater": "Give a number greater",
    "Input should be less": "Give a number less",
    "Input should be a valid": "Give a valid",
    "Input should be": "Choose one of",
}
BROKEN = (
    "Something broke on our side. Nothing was changed; try again, and tell an admin if it stays."
)
UNREACHABLE = (
    "The database cannot be used just now. An admin can run “flask doctor”, which says why."
)
BUSY = "The database is busy. Nothing was changed; try again in a moment."
# What PostgreSQL says when two got into each other's way: a lock that took too long, a deadlock,
# a change that could not be serialised, a statement that took too long, the same row made twice.
COLLISIONS = frozenset(("55P03", "40P01", "40001", "57014", "23505"))
DISK_FULL = "53100"
# A table or a column is missing, or the server takes no changes: SQLite calls that operational.
UNUSABLE = frozenset(("42P01", "42703", "25006"))


def init(app: Flask) -> None:
    """Answer every error, on pages and under /api."""
    for kind in (
        HubError,
        HTTPException,
        ValidationError,
        StoreFailed,
        DBAPIError,
        NoConnectionFree,
        Exception,
    ):
        app.register_error_handler(kind, _answer)


def messages(problem: ValidationError) -> Invalid:
    """Pydantic's errors as messages by field."""
    fields: dict[str, list[str]] = {}
    for error in problem.errors(include_url=False):
        place = error["loc"]
        name = str(place[0]) if place else ""
        fields.setdefault(name, []).append(
            _plain(error["type"], error["msg"], error.get("ctx", {}))
        )
    return Invalid(fields)


def _plain(kind: str, text: str, bounds: Mapping[str, Any]) -> str:
    """Pydantic's sentence as one for people."""
    if bounds.get("min_length") == 1:
        return SENTENCES["missing"]
    if kind in SENTENCES:
        return SENTENCES[kind]
    if kind == "too_long":
        what = "characters" if bounds.get("field_type") == "Value" else "items"
        return f"Give at most {bounds['max_length']} {what}."
    for pydantic, ours in OPENINGS.items():
        if text.startswith(pydantic):
            words = f"{ours}{text.removeprefix(pydantic)}".rstrip(".")
            return f"{words[:1].upper()}{words[1:]}."
    return text


def _answer(problem: Exception) -> Response:
    if isinstance(problem, HTTPException) and problem.code and problem.code < 400:
        return cast(Response, problem.get_response())
    known = _known(problem)
    # What the database refuses for a while has been told in one line.
    is_told = isinstance(problem, HubError) or (
        isinstance(problem, NoConnectionFree | DBAPIError) and isinstance(known, Unavailable)
    )
    if known.status >= 500 and not is_told:
        log.exception("%s %s", request.method, request.path, exc_info=problem)
    response = _document(known) if request.path.startswith("/api/") else _page(known)
    response.status_code = known.status
    if isinstance(known, TooMany | Unavailable):
        response.headers["Retry-After"] = str(getattr(known, "retry_after", 5))
    if isinstance(problem, HTTPException) and getattr(problem, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(problem.valid_methods))  # type: ignore[attr-defined]
    return response


def _known(problem: Exception) -> HubError:
    if isinstance(problem, HubError):
        return problem
    if isinstance(problem, ValidationError):
        return messages(problem)
    if isinstance(problem, RequestEntityTooLarge):
        _drain()
        return TooLarge(too_large())
    if isinstance(problem, StoreFailed):
        return refusal(problem)
    if isinstance(problem, NoConnectionFree | DBAPIError):
        return _from_database(problem)
    if isinstance(problem, ParseException | BlockingIOError):
        return _broken_off()
    if isinstance(problem, CSRFError):
        return _too_old()
    if isinstance(problem, HTTPException):
        return _from_http(problem)
    return HubError(BROKEN)


def _from_database(problem: NoConnectionFree | DBAPIError) -> HubError:
    # Whatever is still to be done for this answer begins with a connection that works.
    session.rollback()
    if isinstance(problem, NoConnectionFree):
        return _told(BUSY, problem)
    state = getattr(problem.orig, "sqlstate", None)
    is_operational = isinstance(problem, OperationalError)
    reason = str(problem.orig).lower() if is_operational and state is None else ""
    if state in COLLISIONS or "lock" in reason or "busy" in reason:
        return _told(BUSY, problem.orig)
    if state == DISK_FULL or "full" in reason or "no space" in reason:
        return _told(FULL, problem.orig)
    if is_operational or problem.connection_invalidated or state in UNUSABLE:
        return _told(UNREACHABLE, problem.orig)
    return HubError(BROKEN)


def _told(sentence: str, reason: object) -> Unavailable:
    log.error("%s %s: %s", request.method, request.path, reason)
    return Unavailable(sentence)


def _broken_off() -> HubError:
    known = HubError(
        "The request broke off, or its body is not as it was announced. Send it again."
    )
    known.status, known.title = 400, "Broken off"
    return known


def _too_old() -> HubError:
    known = HubError(
        "This page was open for so long that it is no longer valid. Go back, load it again and "
        "send the form once more."
    )
    known.status, known.title = 400, "The page is too old"
    return known


def _from_http(problem: HTTPException) -> HubError:
    code = problem.code or 500
    if code == 404:
        return NotFound(PLAIN[404])
    known = HubError(PLAIN.get(code, problem.description or BROKEN))
    known.status, known.title = code, problem.name
    return known


def _drain() -> None:
    """Read what is still being sent, so that the sender hears the answer at all."""
    stream, left = request.environ["wsgi.input"], DRAIN_BYTES
    while left > 0 and (data := stream.read(1 << 20)):
        left -= len(data)


def document(known: HubError) -> dict[str, Any]:
    """A refusal as a problem document."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": known.title,
        "status": known.status,
        "detail": known.detail,
    }
    if isinstance(known, Invalid):
        body["fields"] = known.fields
    if isinstance(known, Duplicate):
        body["duplicate_of"] = {"id": known.asset_id, "slug": known.slug}
    return body


def _document(known: HubError) -> Response:
    response = jsonify(document(known))
    response.mimetype = "application/problem+json"
    if known.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _page(known: HubError) -> Response:
    g.is_broken = known.status >= 500
    page = render_template(
        "errors/error.html", status=known.status, title=known.title, detail=known.detail
    )
    return Response(page, mimetype="text/html")
