"""Who is asking, under /api: by the bearer token."""

from flask import Flask, g, request
from werkzeug.exceptions import Unauthorized

from app.clock import now
from app.db import transaction
from app.models.person import Token, User
from app.queries import people
from app.services import tokens

OPEN = frozenset(("/api/v1/openapi.json",))


def init(app: Flask) -> None:
    """Let nobody past without a valid token, before anything of the request is read."""
    app.before_request(_only_with_token)


def current_actor() -> User:
    """The person whose token was sent."""
    actor: User = g.api_token.user
    return actor


def _only_with_token() -> None:
    if not request.path.startswith("/api/v1/") or request.path in OPEN:
        return
    token = _token()
    if token is None or not token.is_valid(now()):
        raise Unauthorized
    if tokens.is_stale(token):
        with transaction(is_light=True):
            tokens.used(token)
    g.api_token = token


def _token() -> Token | None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip().isascii():
        return None
    return people.token_by_hash(tokens.hash_of(text.strip()))
