"""The database: the base of all models, the session, and the only commit in the house."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 15

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time in UTC with its zone, on databases that keep the zone and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without zone rather than guess one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite forgets, and always UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of all models, with a name for every constraint."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment()}


session: scoped_session[Session] = scoped_session(sessionmaker(expire_on_commit=False))


def connect(url: str) -> Engine:
    """Open the database for this process; threads each get a session of their own."""
    options: dict[str, Any] = {"pool_pre_ping": True} if url.startswith("postgresql") else {}
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    session.remove()
    session.configure(bind=engine)
    return engine


def engine() -> Engine:
    """The database that this process is connected to."""
    bound = session.get_bind()
    assert isinstance(bound, Engine)
    return bound


@contextmanager
def transaction(*, is_light: bool = False) -> Iterator[None]:
    """Write: what happens inside is committed when it returns and undone when it raises.

    It begins with a fresh look: what was read before is read again when it is next used, so
    that a decision never rests on a row that somebody has changed in the meantime. Once it
    returns, a power cut takes nothing away.

    A light one is for notes of who looked at what, which decide nothing: it looks at nothing
    afresh, and survives the end of every process but not a power cut in the seconds after.
    """
    if session.info.get("is_writing"):
        raise RuntimeError("a transaction inside a transaction")
    if is_light:
        session.commit()
    else:
        session.rollback()
        session.expire_all()
    session.info.clear()
    session.info.update(is_writing=True, at_the_end={}, after_commit=[])
    try:
        session.connection(execution_options={"is_writing": True, "is_light": is_light})
        yield
        session.flush()
        # Always in one order, so that two writers cannot wait for each other's locks.
        for _, work in sorted(session.info["at_the_end"].items()):
            work()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["is_writing"] = False
    for work in session.info["after_commit"]:
        work()


@contextmanager
def attempt() -> Iterator[None]:
    """A part of a transaction that can fail by itself: what it wrote is then undone, no more."""
    kept = {name: copy(value) for name, value in session.info.items()}
    try:
        with session.begin_nested():
            yield
    except BaseException:
        session.info.clear()
        session.info.update(kept)
        raise


def at_the_end(key: str, work: Callable[[], None]) -> None:
    """Do this once, as the last thing before the commit; a later one of the same key is left."""
    session.info["at_the_end"].setdefault(key, work)


def after_commit(work: Callable[[], None]) -> None:
    """Do this when the rows are there for everybody; it must not raise."""
    session.info["after_commit"].append(work)


def one_at_a_time(number: int) -> None:
    """Let no other transaction past this point until this one has ended.

    SQLite has one writer anyway; on PostgreSQL this is an advisory lock.
    """
    if engine().dialect.name == "postgresql":
        session.connection().exec_driver_sql(f"SELECT pg_advisory_xact_lock({int(number)})")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        # Each thread has a connection; what one leaves out, the system's own cache has.
        "cache_size=-1024",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader can be refused half-way; one that says so waits its turn.
    options = connection.get_execution_options()
    if options.get("is_writing"):
        level = "NORMAL" if options.get("is_light") else "FULL"
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
