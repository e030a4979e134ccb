"""Signing in, limited by account and by address."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from app.clock import now
from app.db import one_at_a_time, session
from app.errors import TooMany
from app.inputs.person import SignIn
from app.models.person import SignInAttempt, User
from app.queries import people
from app.services import audit, passwords, sessions

WINDOW = timedelta(minutes=15)
TRIES_LOCK = 7304
BY_ACCOUNT = 10
BY_ADDRESS = 50


def count_try(asked: SignIn, address: str) -> Sequence[int]:
    """Count a try before it is judged, so that many at once cannot slip through.

    Answers the ids to take back when it succeeds; raises TooMany when this account or this
    address has failed too often.
    """
    one_at_a_time(TRIES_LOCK)
    account, place = _keys(asked, address)
    failed = people.attempts_since([account, place], now() - WINDOW)
    if failed.get(account, 0) >= BY_ACCOUNT or failed.get(place, 0) >= BY_ADDRESS:
        raise TooMany(
            "Too many failed tries. Wait a quarter of an hour, or ask an admin to reset the "
            "password.",
            int(WINDOW.total_seconds()),
        )
    tries = [SignInAttempt(key=key, at=now()) for key in (account, place)]
    session.add_all(tries)
    session.flush()
    return [one.id for one in tries]


def take_back(counted: Sequence[int]) -> None:
    """A try that succeeded counts for nothing."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(counted)))


def recognised(asked: SignIn) -> User | None:
    """The person, or nobody, whatever the reason.

    Slow on purpose, so it is asked before the transaction, which others wait for.
    """
    person = people.by_email(asked.email)
    is_right = passwords.is_right(asked.password, person.password_hash if person else None)
    return person if person and is_right and person.is_active else None


def come_in(person: User) -> str:
    """Begin a session and forget the failed tries; answers the session's key."""
    person.last_seen_at = now()
    forgive(person)
    audit.record(person, "session.started", person)
    return sessions.begin(person)


def refuse(asked: SignIn) -> None:
    """Note that somebody tried to come in as a person and did not."""
    if person := people.by_email(asked.email):
        audit.record(None, "session.refused", person)


def go_out(person: User, key: str) -> None:
    """End the session of this browser."""
    sessions.end(key)
    audit.record(person, "session.ended", person)


def forgive(person: User) -> None:
    """Let a person with a new password try again at once."""
    asked = SignIn(email=person.email, password="")
    session.execute(delete(SignInAttempt).where(SignInAttempt.key == _keys(asked, "")[0]))


def forget_old_attempts() -> None:
    """Remove what no limit counts any more."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now() - WINDOW))


def _keys(asked: SignIn, address: str) -> tuple[str, str]:
    account = f"account:{asked.email.strip().lower()}"
    return _hashed(account), _hashed(f"address:{address}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
