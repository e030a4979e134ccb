"""The queue in the hub's own PostgreSQL, by huey, shared by all machines."""

import psycopg
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.psycopg import dialect

from app.backends.queue.by_huey import HueyQueue, huey
from app.db import REACHING

TABLES_LOCK = 7306


class PostgresqlQueue(HueyQueue):
    """Tasks in tables of their own beside the hub's; whichever worker is free takes the next."""

    def __init__(self, database_url: str) -> None:
        super().__init__()
        url = make_url(database_url)
        _, address = dialect().create_connect_args(url)  # type: ignore[no-untyped-call]
        self._address = {**REACHING, **address}

    def _open(self) -> huey.Huey:
        huey.storage.psycopg = psycopg
        opened = huey.PostgresHuey(connection=self._connect, results=False, create_tables=False)
        # Two processes that make the same table at once would get into each other's way.
        opened.storage.ddl.insert(0, f"SELECT pg_advisory_xact_lock({TABLES_LOCK})")
        opened.storage.initialize_schema()
        return opened

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(**self._address)
