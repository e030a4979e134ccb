"""Idempotency-Key: a POST that is sent again gets its first answer again, and is done once."""

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, Response, g, request
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app import db
from app.backends.storage.base import Staged
from app.errors import Conflict, Invalid
from app.http.uploads import FORM_ALLOWANCE
from app.services import idempotency
from app.services.idempotency import HEADER, UNDER_WAY, Answer

log = logging.getLogger(__name__)
LONGEST = 255


def init(app: Flask) -> None:
    """Look for the key before a call and keep the answer after it."""
    app.before_request(_begin)
    app.after_request(_end)


@contextmanager
def transaction() -> Iterator[None]:
    """The one transaction of a call; a claimed key is marked in it."""
    with db.transaction():
        yield
        if "claim" in g:
            idempotency.mark(g.claim)


def _begin() -> Response | None:
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST" or "api_token" not in g:
        return None
    if not 1 <= len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        raise Invalid({HEADER: [f"Give 1 to {LONGEST} printable ASCII characters."]})
    request_hash = _request_hash()
    try:
        with db.transaction():
            found = idempotency.claim(g.api_token.id, key, request_hash)
    except IntegrityError:
        raise Conflict(UNDER_WAY) from None
    if isinstance(found, Answer):
        again = {"Idempotency-Replayed": "true"} | ({"ETag": found.etag} if found.etag else {})
        return Response(found.body, found.status, again, mimetype=found.media_type)
    g.claim = found
    return None


def _end(response: Response) -> Response:
    if "claim" in g:
        etag = response.headers.get("ETag", "")
        kind = response.mimetype or ""
        answer = Answer(response.status_code, kind, response.get_data(), etag)
        try:
            with db.transaction():
                idempotency.answered(g.pop("claim"), answer)
        except SQLAlchemyError:
            log.exception("the answer to a call with an %s could not be kept", HEADER)
    return response


def _request_hash() -> str:
    """The SHA-256 of address and body; of a form, of its fields and its files' own hashes."""
    digest = hashlib.sha256(f"{request.full_path}\n{request.mimetype}\n".encode())
    if request.mimetype != "multipart/form-data":
        request.max_content_length = FORM_ALLOWANCE
        digest.update(request.get_data(cache=True))
        return digest.hexdigest()
    files = [
        (name, sent.filename, cast(Staged, sent.stream).seal().sha256)
        for name, sent in request.files.items(multi=True)
        if hasattr(sent.stream, "seal")
    ]
    said = [sorted(request.form.items(multi=True)), files]
    digest.update(json.dumps(said).encode())
    return digest.hexdigest()
