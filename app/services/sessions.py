"""Sessions: what a browser's cookie stands for, each ended on its own or all together."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete

from app.clock import now
from app.db import session
from app.models.person import SignedIn, User

LASTS = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)


def begin(person: User) -> str:
    """Begin a session; answers its key, which only the browser keeps."""
    key = secrets.token_urlsafe(32)
    session.add(SignedIn(user=person, key_hash=hash_of(key), started_at=now(), seen_at=now()))
    return key


def end(key: str) -> None:
    """End one session."""
    session.execute(delete(SignedIn).where(SignedIn.key_hash == hash_of(key)))


def end_all(person: User) -> None:
    """End every session of a person."""
    session.execute(delete(SignedIn).where(SignedIn.user_id == person.id))


def is_over(found: SignedIn) -> bool:
    """Whether nobody used it for so long that it no longer counts."""
    return now() - found.seen_at > LASTS


def is_stale(found: SignedIn) -> bool:
    """Whether its last use was noted so long ago that it is worth a write."""
    return now() - found.seen_at > SEEN_EVERY


def used(found: SignedIn) -> None:
    """Note that the session and its person are in use."""
    found.seen_at = found.user.last_seen_at = now()


def forget_old() -> None:
    """Remove what is over."""
    session.execute(delete(SignedIn).where(SignedIn.seen_at < now() - LASTS))


def hash_of(key: str) -> str:
    """What is kept of a key: long and random, it needs no salt."""
    return hashlib.sha256(key.encode()).hexdigest()
