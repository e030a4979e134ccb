"""Where tests keep things: in files, or on the servers that the environment names.

`TEST_DATABASE_URL` is a PostgreSQL on which databases may be made; `TEST_STORAGE_URL` is a store of
which each test uses a prefix of its own. `make test-services` sets both.
"""

import hashlib
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from sqlalchemy import make_url
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

SERVER = os.environ.get("TEST_DATABASE_URL", "")
STORE = os.environ.get("TEST_STORAGE_URL", "")

postgresql_only = pytest.mark.skipif(not SERVER, reason="is about PostgreSQL")
folder_only = pytest.mark.skipif(bool(STORE), reason="is about files in a folder")

# Tables in a schema of their own hold the rows, one more the numbers that come next, and one of
# what kind the tables were: whatever is altered is another row of the catalogue.
TABLES = "FROM pg_tables WHERE schemaname = 'public'"
KIND = """
    SELECT md5(string_agg(concat_ws(' ', one.oid, one.xmin, part.attnum, part.xmin, rule.oid), ','
        ORDER BY one.oid, part.attnum, rule.oid))
    FROM pg_class one LEFT JOIN pg_attribute part ON part.attrelid = one.oid
        LEFT JOIN pg_constraint rule ON rule.conrelid = one.oid AND part.attnum = 1
    WHERE one.relnamespace = 'public'::regnamespace
"""
KEEPING = f"""
    SELECT 'CREATE SCHEMA kept' UNION ALL
    SELECT format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', tablename) {TABLES} UNION ALL
    SELECT 'CREATE TABLE kept."numbers" AS
        SELECT sequencename, start_value, last_value FROM pg_sequences'
"""
RESTORING = f"""
    SELECT 'BEGIN' UNION ALL
    SELECT 'SET LOCAL session_replication_role = replica' UNION ALL
    SELECT format('DELETE FROM public.%1$I; INSERT INTO public.%1$I
        OVERRIDING SYSTEM VALUE SELECT * FROM kept.%1$I', tablename) {TABLES} UNION ALL
    SELECT 'SELECT setval(sequencename::regclass, coalesce(last_value, start_value),
        last_value IS NOT NULL) FROM kept."numbers"' UNION ALL
    SELECT 'COMMIT'
"""
CUT = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


def database_url(file: Path) -> str:
    """The address of a SQLite file, or of the PostgreSQL database that stands for it."""
    if not SERVER:
        return f"sqlite:///{file}"
    return make_url(SERVER).set(database=_name(file)).render_as_string(hide_password=False)


def storage_url(folder: Path) -> str:
    """The address of a folder's store, or of the prefix that stands for it."""
    if not STORE:
        return f"file:{folder}/content"
    address, mark, options = STORE.partition("?")
    return f"{address.rstrip('/')}/{_name(folder)}{mark}{options}"


def followed(answer: TestResponse) -> TestResponse:
    """What a browser gets in the end, where the answer sends it to the store for the bytes."""
    to = answer.headers.get("Location", "")
    if not STORE or not to.startswith(parse_qs(urlsplit(STORE).query)["endpoint"][0]):
        return answer
    asked = answer.request.environ
    sent = {"Range": asked["HTTP_RANGE"]} if "HTTP_RANGE" in asked else {}
    wanted = urllib.request.Request(to, headers=sent, method=asked["REQUEST_METHOD"])
    try:
        with urllib.request.urlopen(wanted, timeout=20) as given:
            got = given.read(), given.status, dict(given.headers)
    except urllib.error.HTTPError as refused:
        got = refused.read(), refused.code, dict(refused.headers)
    return type(answer)([got[0]], str(got[1]), Headers(got[2]), answer.request)


def make_empty(file: Path) -> None:
    """Make a database without tables, where that does not happen by itself."""
    if SERVER:
        _tell(f"CREATE DATABASE {_name(file)}")


def copy(template: Path, file: Path) -> None:
    """Make a database that holds what another does, which nobody is connected to."""
    if SERVER:
        _tell(f"CREATE DATABASE {_name(file)} TEMPLATE {_name(template)} STRATEGY file_copy")
    else:
        shutil.copyfile(template, file)


def renew(template: Path, file: Path) -> None:
    """Make a copy on the server what it was at first, whoever is still in the midst of something.

    To make one anew takes the server a tenth of a second, and each connection has to learn again
    what tables there are: that is only done where a test has altered the tables.
    """
    with psycopg.connect(database_url(file), autocommit=True) as connection:
        connection.execute(CUT)
        kept = connection.execute("SELECT kind FROM kept.kind").fetchone()
        if connection.execute(KIND).fetchone() == kept:
            _do(connection, RESTORING)
            return
    remove(file)
    copy_to_renew(template, file)


def copy_to_renew(template: Path, file: Path) -> None:
    """Make a copy on the server that remembers what is in it."""
    copy(template, file)
    with psycopg.connect(database_url(file), autocommit=True) as connection:
        _do(connection, KEEPING)
        connection.execute(f"CREATE TABLE kept.kind AS SELECT ({KIND}) AS kind")


def remove(file: Path) -> None:
    """Remove a database from the server; files go with their folder."""
    if SERVER:
        _tell(f"DROP DATABASE IF EXISTS {_name(file)} WITH (FORCE)")


def _name(path: Path) -> str:
    return f"test_{hashlib.sha256(str(path).encode()).hexdigest()[:24]}"


def _do(connection: psycopg.Connection, question: str) -> None:
    """Send the statements that a question answers."""
    connection.execute("; ".join(line[0] for line in connection.execute(question).fetchall()))


def _tell(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)
