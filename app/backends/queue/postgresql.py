"""The queue in the hub's own PostgreSQL, by huey, shared by all machines."""

import logging
import time
from datetime import datetime

import psycopg
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.psycopg import dialect

from app.backends.queue.by_huey import HueyQueue, huey
from app.db import REACHING

log = logging.getLogger(__name__)
TABLES_LOCK = 7306
AFTER_A_FAULT = 2.0


class Patient(huey.PostgresHuey):  # type: ignore[misc]
    """A huey that says in one line that its database is gone, and waits for it to come back."""

    def dequeue(self) -> object:
        """The next task, None where there is none or no database."""
        try:
            return super().dequeue()
        except psycopg.OperationalError as problem:
            _wait(problem)
            return None

    def read_schedule(self, timestamp: datetime | None = None) -> object:
        """The tasks whose time has come, none where there is no database."""
        try:
            return super().read_schedule(timestamp)
        except psycopg.OperationalError as problem:
            _wait(problem)
            return []


def _wait(problem: Exception) -> None:
    log.warning("the queue cannot be read just now: %s", str(problem).partition("\n")[0])
    time.sleep(AFTER_A_FAULT)


class PostgresqlQueue(HueyQueue):
    """Tasks in tables of their own beside the hub's; whichever worker is free takes the next."""

    def __init__(self, database_url: str) -> None:
        super().__init__()
        url = make_url(database_url)
        _, address = dialect().create_connect_args(url)  # type: ignore[no-untyped-call]
        self._address = {**REACHING, **address}

    def enqueue(self, name: str, subject_id: int) -> None:
        """Write the task down, also when the server was restarted since the last one."""
        try:
            super().enqueue(name, subject_id)
        except psycopg.OperationalError:
            # Only now is it known that the connection is lost; the next is a new one.
            super().enqueue(name, subject_id)

    def _open(self) -> huey.Huey:
        huey.storage.psycopg = psycopg
        opened = Patient(connection=self._connect, results=False, create_tables=False)
        # Two processes that make the same table at once would get into each other's way.
        opened.storage.ddl.insert(0, f"SELECT pg_advisory_xact_lock({TABLES_LOCK})")
        opened.storage.initialize_schema()
        return opened

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(**self._address)
