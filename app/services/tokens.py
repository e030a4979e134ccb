"""Tokens of the JSON API."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import select

from app.clock import now
from app.db import session
from app.inputs.person import NewToken
from app.models.person import Token, User
from app.queries import people
from app.services import audit

PREFIX = "qd_"
SEEN_EVERY = timedelta(minutes=5)


def issue(actor: User | None, person: User, new: NewToken) -> str:
    """Make a token for a person; answers it, this once. Only its hash is kept."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token(
        user=person,
        name=new.name,
        token_hash=hash_of(text),
        created_at=now(),
        expires_at=now() + timedelta(days=new.days) if new.days else None,
    )
    session.add(token)
    session.flush()
    audit.record(actor, "token.issued", token, {"name": new.name, "person": person.email})
    return text


def revoke(actor: User, token_id: int) -> None:
    """End one of one's own tokens."""
    _end(actor, people.own_token(actor, token_id))


def revoke_all(actor: User | None, person: User) -> None:
    """End every token of a person."""
    for token in session.scalars(select(Token).where(Token.user_id == person.id)):
        _end(actor, token)


def is_stale(token: Token) -> bool:
    """Whether its last use was noted so long ago that it is worth a write."""
    return token.last_used_at is None or now() - token.last_used_at > SEEN_EVERY


def used(token: Token) -> None:
    """Note that the token and its person are in use."""
    token.last_used_at = token.user.last_seen_at = now()


def _end(actor: User | None, token: Token) -> None:
    if token.revoked_at is None:
        token.revoked_at = now()
        audit.record(actor, "token.revoked", token, {"name": token.name})


def hash_of(text: str) -> str:
    """What is kept of a token: long and random, it needs no salt."""
    return hashlib.sha256(text.encode()).hexdigest()
