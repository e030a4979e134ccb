"""The database: the base of all models, the session, and the only commit in the house."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

_Item = TypeVar("_Item")

BUSY_SECONDS = 15
SLOWEST_SECONDS = 60
IDLE_SECONDS = 120
# Each of a web process's 8 threads keeps a connection; health checks take a second one.
POOL = {"pool_size": 8, "max_overflow": 8, "pool_timeout": BUSY_SECONDS, "pool_pre_ping": True}
# A server that has gone without a word is noticed in half a minute rather than in hours.
REACHING = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}

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


class _Session(Session):
    """A session to which a lost connection means that everything is undone, not an error."""

    def rollback(self) -> None:
        """Undo what is not committed."""
        _although_lost(super().rollback)

    def close(self) -> None:
        """Undo what is not committed, and give the connection back."""
        _although_lost(super().close)


def _although_lost(work: Callable[[], None]) -> None:
    try:
        work()
    except DBAPIError as problem:
        if not problem.connection_invalidated:
            raise
        # The first time it was found to be lost; now there is nothing left to be told.
        work()


session: scoped_session[Session] = scoped_session(
    sessionmaker(class_=_Session, expire_on_commit=False)
)


def connect(url: str) -> Engine:
    """Open the database for this process; threads each get a session of their own."""
    is_postgresql = url.startswith("postgresql")
    engine = create_engine(url, **(POOL | {"connect_args": REACHING} if is_postgresql else {}))
    event.listen(engine, "connect", _prepare_postgresql if is_postgresql else _prepare_sqlite)
    if is_postgresql:
        event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
    else:
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
def transaction(*, is_light: bool = False, patience: float = BUSY_SECONDS) -> Iterator[None]:
    """Write: what happens inside is committed when it returns and undone when it raises.

    It begins with a fresh look: what was read before is read again when it is next used, so
    that a decision never rests on a row that somebody has changed in the meantime. Once it
    returns, a power cut takes nothing away.

    A light one is for notes of who looked at what, which decide nothing: it looks at nothing
    afresh, and survives the end of every process but not a power cut in the seconds after.
    `patience` is how many seconds SQLite's one writer is waited for, then DBAPIError is raised.
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
        options = {"is_writing": True, "is_light": is_light, "patience": patience}
        session.connection(execution_options=options)
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


def batches(items: Sequence[_Item], size: int = 500) -> Iterator[Sequence[_Item]]:
    """So many at a time, since a statement takes a limited number of values."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


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


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for name, value in (
            ("timezone", "UTC"),
            ("lock_timeout", f"{BUSY_SECONDS}s"),
            ("statement_timeout", f"{SLOWEST_SECONDS}s"),
            # A machine that died in a transaction must not hold up the others.
            ("idle_in_transaction_session_timeout", f"{IDLE_SECONDS}s"),
        ):
            cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.commit()


def _without_nul(
    _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _is_many: bool
) -> tuple[str, Any]:
    """PostgreSQL takes no NUL in a text, neither to keep nor to look for; no text needs one."""
    rows = values if isinstance(values, list) else [values]
    if any(isinstance(value, str) and "\0" in value for row in rows for value in row.values()):
        rows = [{name: _replaced(value) for name, value in row.items()} for row in rows]
    return statement, rows if isinstance(values, list) else rows[0]


def _replaced(value: object) -> object:
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader can be refused half-way; one that says so waits its turn.
    options = connection.get_execution_options()
    if options.get("is_writing"):
        level = "NORMAL" if options.get("is_light") else "FULL"
        patience = int(options.get("patience", BUSY_SECONDS) * 1000)
        # A connection keeps what it was told: notes of searches come by the dozen.
        if connection.info.get("told") != (level, patience):
            connection.info.pop("told", None)
            connection.exec_driver_sql(f"PRAGMA synchronous={level}")
            connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
            connection.info["told"] = level, patience
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
