"""Keys of calls that are done once: claimed before the work, marked in it, answered after it.

A claim whose process died before the commit is taken over once its lease is over; the mark
fails for whoever has lost the claim, so that two can never both commit.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.clock import now
from app.db import session
from app.errors import Conflict, Invalid
from app.models.idempotency import IdempotencyKey

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
LEASE = timedelta(minutes=1)
UNDER_WAY = "The first call with this key is still under way. Ask again in a moment."
LOST = (
    "The first call with this key was carried out, but its answer was lost. Look at what it made "
    "before you send it again with another key."
)
OTHER = "This key was used for something else. Use a new one for every call."


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that is ours until it is answered, or until its lease is over."""

    id: int
    claimed_at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered the first time."""

    status: int
    media_type: str
    body: bytes
    etag: str = ""


def claim(token_id: int, key: str, request_hash: str) -> Claim | Answer:
    """Claim the key, or give its first answer.

    Raises Invalid where it was used for another request, Conflict while the first is under way.
    """
    mine = IdempotencyKey.token_id == token_id, IdempotencyKey.key == key
    found = session.scalar(select(IdempotencyKey).where(*mine).with_for_update())
    if found is not None and now() - found.claimed_at > KEPT_FOR:
        session.delete(found)
        session.flush()
        found = None
    if found is None:
        found = IdempotencyKey(token_id=token_id, key=key, request_hash=request_hash)
        session.add(found)
    elif answer := _first_answer(found, request_hash):
        return answer
    found.claimed_at = now()
    session.flush()
    return Claim(found.id, found.claimed_at)


def _first_answer(found: IdempotencyKey, request_hash: str) -> Answer | None:
    """What was answered; none where the claim is free to be taken over."""
    if found.request_hash != request_hash:
        raise Invalid({HEADER: [OTHER]})
    if found.status is not None:
        return Answer(found.status, found.media_type, found.body, found.etag)
    if found.is_committed:
        raise Conflict(LOST)
    if now() - found.claimed_at < LEASE:
        raise Conflict(UNDER_WAY)
    return None


def mark(held: Claim) -> None:
    """Say, in the work's own transaction, that it is done; raises Conflict for a lost claim."""
    mine = IdempotencyKey.id == held.id, IdempotencyKey.claimed_at == held.claimed_at
    row = session.scalar(select(IdempotencyKey).where(*mine).with_for_update())
    if row is None:
        raise Conflict(UNDER_WAY)
    row.is_committed = True


def answered(held: Claim, answer: Answer) -> None:
    """Keep the answer; after an error of ours the call may be tried again."""
    mine = IdempotencyKey.id == held.id, IdempotencyKey.claimed_at == held.claimed_at
    if answer.status >= 500:
        session.execute(delete(IdempotencyKey).where(*mine, ~IdempotencyKey.is_committed))
    else:
        session.execute(update(IdempotencyKey).where(*mine).values(**asdict(answer)))


def forget_old() -> None:
    """Remove the keys that are no longer kept."""
    old = IdempotencyKey.claimed_at < now() - KEPT_FOR
    session.execute(delete(IdempotencyKey).where(old))
