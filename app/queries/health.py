"""Whether everything that a request needs is there."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text

from app import schema
from app.backends.extraction.parent import confinement
from app.backends.search import registry as searching
from app.backends.search.base import EngineUnavailable, Progress
from app.backends.storage import registry as storing
from app.choices import TextState
from app.clock import now
from app.db import session
from app.models.version import Version
from app.queries import example, search_index

log = logging.getLogger(__name__)
LAG = 1000
SILENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what was found, as a sentence."""

    name: str
    is_good: bool
    detail: str


def checks() -> Sequence[Check]:
    """Everything, each on its own, so that one fault does not hide another."""
    return [
        _checked("database", _database),
        _checked("migrations", _migrations),
        _checked("storage", _storage),
        _checked("index", _index),
        _checked("reading", _reading),
        _checked("example", _example),
    ]


def _checked(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except Exception as problem:
        # The whole text may name hosts and accounts, and anybody can ask.
        log.warning("%s: %s", name, problem)
        session.rollback()
        return Check(name, False, f"{type(problem).__name__}; the hub's log says more.")


def _database() -> Check:
    session.execute(text("SELECT 1"))
    return Check("database", True, "It answers.")


def _migrations() -> Check:
    current, head = schema.current(), schema.head()
    if current == head:
        return Check("migrations", True, f"The database is at {head}.")
    return Check(
        "migrations",
        False,
        f"The database is at {current or 'nothing'}, the code at {head}. Run: flask db upgrade",
    )


def _storage() -> Check:
    storing.current().check()
    return Check("storage", True, "Files can be written.")


def _index() -> Check:
    engine = searching.engine()
    try:
        position = engine.position()
    except EngineUnavailable:
        progress = engine.progress()
        healing = "A running follower (the index updater) rebuilds it; else: flask index rebuild"
        healing = _rebuilt(progress) if progress else healing
        return Check("index", False, f"The index cannot be used. {healing}")
    # What was asked of the database before may be older than what the index has seen since.
    session.rollback()
    if position > search_index.newest():
        return Check("index", False, "The index is ahead of the database. It will be rebuilt.")
    waiting = search_index.waiting(position)
    said = f"{waiting} changes are still to be indexed."
    if progress := engine.progress():
        return Check("index", True, f"{said} {_rebuilt(progress)}")
    at = engine.followed_at()
    if waiting and at and now() - at > SILENCE:
        return Check("index", False, f"{said} The follower has done nothing since {at:%F %T} UTC.")
    if engine.is_suspected():
        said += " A search could not be answered from it; it will be rebuilt."
    return Check("index", waiting <= LAG, said)


def _rebuilt(progress: Progress) -> str:
    return (
        f"It is being rebuilt, as {progress.why.value}: {progress.done} of {progress.total} "
        f"assets since {progress.began:%F %T} UTC."
    )


def _example() -> Check:
    found = example.arrival()
    if found is None:
        return Check("example", True, "No example company is wanted here.")
    return Check("example", found.is_whole, found.sentence)


def _reading() -> Check:
    pending = select(func.count()).where(Version.text_state == TextState.PENDING)
    means = ", ".join(f"{name}: {state}" for name, state in confinement().items())
    waiting = session.scalar(pending) or 0
    return Check("reading", True, f"{waiting} files are waiting to be read; {means}.")
