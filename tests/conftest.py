"""What every test can ask for."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app import db, schema
from app.backends.mail import registry as mailing
from app.backends.queue import registry as queueing
from app.backends.queue.sqlite import SqliteQueue
from app.backends.search import registry as searching
from app.backends.storage import registry as storing
from app.backends.storage.base import Store
from app.backends.storage.s3.store import S3Store
from app.config import ROOT, Settings
from app.db import transaction
from app.factory import create_app
from app.inputs.person import NewToken
from app.models import User
from app.queries import people
from app.services import tokens
from tests import cast, places, s3
from tests.mail import SENDER, Mailbox

# How long an example takes says how busy the machine is, and of the code nothing.
settings.register_profile("hub", deadline=None)
settings.load_profile("hub")
SECRET = "0123456789abcdef0123456789abcdef"


def knows_statements_of(engine: Engine, other: Engine) -> None:
    """Let an engine use the SQL that another has compiled: to compile it is most of a test's work.

    What is compiled belongs to a dialect, so both are shared.
    """
    engine.dialect, engine._compiled_cache = other.dialect, other._compiled_cache


def knows_s3_as(store: Store, other: Store) -> None:
    """Let a store in S3 use the connections of another: to learn what S3 is takes boto3 long."""
    if isinstance(store, S3Store) and isinstance(other, S3Store):
        store._clients = other._clients


class Client(FlaskClient):
    """A client whose requests run in a thread of their own, with a session of their own.

    As in a real server, what a test has loaded belongs to the test; it is read afresh after.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request."""
        with ThreadPoolExecutor(1) as thread:
            answer: TestResponse = thread.submit(super().open, *args, **kwargs).result()
        db.session.rollback()
        db.session.expire_all()
        return places.followed(answer)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this test process."""
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="session")
def the_app(place: Path) -> Iterator[Flask]:
    """The application, made once; its database holds the cast and nothing else."""
    template = place / "template.db"
    places.make_empty(template)
    app = create_app(
        Settings(
            secret_key=SECRET,
            database_url=places.database_url(template),
            storage_url=places.storage_url(place),
            search_url=f"tantivy:{place}/index",
            queue_url=f"sqlite:{place}/queue.db",
            max_upload_mb=1,
        )
    )
    app.config.update(WTF_CSRF_ENABLED=False)
    app.test_client_class = Client
    schema.upgrade()
    cast.enter()
    if not places.SERVER:
        with db.engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.session.remove()
    db.engine().dispose()
    yield app
    places.remove(template)


@pytest.fixture(scope="session")
def first_engine(the_app: Flask) -> Engine:
    """The engine that was made with the application, whatever tests connect to afterwards."""
    return db.engine()


@pytest.fixture(scope="session")
def first_store(place: Path) -> Store:
    """A store that nobody uses but for its connections."""
    return storing.open_store(places.storage_url(place), ROOT)


@pytest.fixture(scope="session")
def ground(the_app: Flask, first_engine: Engine, place: Path) -> Iterator[Engine | None]:
    """On a server: the database that tests have one after the other, as it was, and its engine."""
    if not places.SERVER:
        yield None
        return
    places.copy_to_renew(place / "template.db", place / "ground.db")
    engine = db.connect(places.database_url(place / "ground.db"))
    knows_statements_of(engine, first_engine)
    yield engine
    engine.dispose()
    places.remove(place / "ground.db")


@pytest.fixture
def database(ground: Engine | None, first_engine: Engine, place: Path, tmp_path: Path) -> Path:
    """A database that holds the cast, which the test is connected to."""
    if ground is not None:
        places.renew(place / "template.db", place / "ground.db")
        # An engine of the test's own, since what the application remembers goes by it.
        engine = db.connect(places.database_url(place / "ground.db"))
        knows_statements_of(engine, ground)
        engine.pool = ground.pool
        return place / "ground.db"
    places.copy(place / "template.db", tmp_path / "hub.db")
    knows_statements_of(db.connect(places.database_url(tmp_path / "hub.db")), first_engine)
    return tmp_path / "hub.db"


@pytest.fixture
def app(the_app: Flask, database: Path, first_store: Store, tmp_path: Path) -> Iterator[Flask]:
    """The application over a database, a store, an index and a queue of this test's own."""
    storing.use(storing.open_store(places.storage_url(tmp_path), ROOT))
    knows_s3_as(storing.current(), first_store)
    queueing.use(SqliteQueue(tmp_path / "queue.db"))
    mailing.use(mailing.open_mailer("log:", SENDER))
    searching.use(searching.open_engine(f"tantivy:{tmp_path}/index"))
    yield the_app
    searching.engine().close()
    db.session.remove()
    if not places.SERVER:
        db.engine().dispose()


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of an S3 that lives in this process."""
    with s3.moto() as endpoint:
        yield endpoint


@pytest.fixture
def s3_proxy(moto: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[s3.Proxy]:
    """A way to that S3 that can be disturbed; keys are in the environment, waiting is short."""
    s3.give_keys(monkeypatch)
    s3.hurry(monkeypatch)
    with s3.Proxy(moto) as proxy:
        yield proxy


@pytest.fixture
def s3_store(app: Flask, s3_proxy: s3.Proxy, tmp_path: Path) -> Store:
    """The application's store, in S3."""
    storing.use(storing.open_store(s3.url(s3_proxy.endpoint), tmp_path))
    storing.current().check()
    return storing.current()


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A mail server of this test's own, which the application sends to."""
    with Mailbox() as server:
        mailing.use(mailing.open_mailer(server.url, SENDER))
        yield server


@pytest.fixture
def person(app: Flask) -> Callable[[str], User]:
    """Somebody of the cast by their short name."""

    def find(name: str) -> User:
        found = people.by_email(cast.email(name))
        assert found is not None
        return found

    return find


@pytest.fixture
def ada(person: Callable[[str], User]) -> User:
    """The admin."""
    return person("ada")


@pytest.fixture
def max(person: Callable[[str], User]) -> User:
    """The marketer."""
    return person("max")


@pytest.fixture
def mia(person: Callable[[str], User]) -> User:
    """The manager."""
    return person("mia")


@pytest.fixture
def rae(person: Callable[[str], User]) -> User:
    """A rep."""
    return person("rae")


@pytest.fixture
def rob(person: Callable[[str], User]) -> User:
    """A rep on another team."""
    return person("rob")


@pytest.fixture
def otto(person: Callable[[str], User]) -> User:
    """A rep on no team."""
    return person("otto")


@pytest.fixture
def browse(app: Flask) -> Callable[[str], FlaskClient]:
    """A browser in which somebody of the cast is signed in; nobody without a name."""

    def come_in(name: str = "") -> FlaskClient:
        client = app.test_client()
        if name:
            sent = {"email": cast.email(name), "password": cast.PASSWORD}
            assert client.post("/sign-in", data=sent).status_code == 303
        return client

    return come_in


@pytest.fixture
def call(app: Flask, person: Callable[[str], User]) -> Callable[[str], FlaskClient]:
    """A program that calls the JSON API with a token of somebody of the cast."""

    def prepare(name: str = "") -> FlaskClient:
        client = app.test_client()
        if name:
            with transaction():
                token = tokens.issue(None, person(name), NewToken())
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    return prepare
