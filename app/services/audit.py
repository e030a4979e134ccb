"""The audit log's only writer."""

from collections.abc import Mapping
from typing import Protocol

from app.clock import now
from app.db import at_the_end, one_at_a_time, session
from app.models.audit import AuditLine
from app.models.person import User
from app.queries.audit import last_hash

CHAIN_LOCK = 7301
HUB = "Quarterdeck"
Word = str | int | bool | None | list[str]


class Subject(Protocol):
    """Anything with a table and an id."""

    __tablename__: str

    @property
    def id(self) -> object:
        """The row's number."""


def record(
    actor: User | None, action: str, subject: Subject, detail: Mapping[str, Word] | None = None
) -> None:
    """Write a line at the end of this transaction; without an actor the hub itself acted."""
    line = AuditLine(
        at=now(),
        actor_id=actor.id if actor else None,
        actor_name=f"{actor.name} <{actor.email}>" if actor else HUB,
        action=action,
        subject_type=subject.__tablename__,
        detail=dict(detail or {}),
    )
    pending = session.info.setdefault("audit", [])
    pending.append((line, subject))
    at_the_end("audit", _append)


def _append() -> None:
    pending = session.info.pop("audit")
    one_at_a_time(CHAIN_LOCK)
    previous = last_hash()
    for line, subject in pending:
        line.subject_id = subject.id
        line.chain_to(previous)
        previous = line.hash
    session.add_all([line for line, _ in pending])
    session.flush()
