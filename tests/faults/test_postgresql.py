"""PostgreSQL goes away under a running hub and comes back."""

import urllib.error
import urllib.request

import pytest

from deploy import postgresql
from tests.hub import Hub, fill_database, searched, start, stop, upload, wait_until

pytestmark = pytest.mark.services
NOTICED = "the index could not be brought up to date"


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL of these tests' own, which they may stop."""
    with postgresql.running() as started:
        yield started


@pytest.fixture(scope="module", params=["sqlite:{}/queue.db", "postgresql:"])
def hub(server, tmp_path_factory, request):
    """A hub with the cast on that server."""
    folder = tmp_path_factory.mktemp("gone")
    queue = request.param.format(folder)
    database = server.make_database("hub" if "sqlite" in queue else "hub_and_queue")
    fill_database(database)
    running = start(folder, DATABASE_URL=database, QUEUE_URL=queue)
    yield running
    stop(running)


@pytest.fixture(scope="module")
def token(hub):
    """A marketer's token."""
    return hub.flask("token", "issue", "max@example.com").splitlines()[-1]


def asked(hub: Hub, path: str, token: str = "") -> tuple[int, str, str]:
    """The status, the time to wait and the body of an answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"{hub.address}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, "", answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["Retry-After"] or "", answer.read().decode()


def log_of(hub: Hub) -> str:
    """What the hub's processes have written."""
    return (hub.folder / "log.txt").read_text()


def test_while_it_is_gone_everybody_is_told_and_afterwards_all_goes_on(server, hub, token):
    upload(hub, token, b"walrus words")
    wait_until(lambda: searched(hub, token, "walrus") == 1, "it is searchable")
    server.stop()
    try:
        for path in ("/sign-in", "/api/v1/search?q=walrus", "/api/v1/assets/1"):
            code, wait, body = asked(hub, path, token)
            assert (code, wait) == (503, "5") and "cannot be used just now" in body, path
        assert upload(hub, token, b"lost words") is None
        assert (asked(hub, "/readyz")[0], asked(hub, "/healthz")[0]) == (503, 200)
        wait_until(lambda: NOTICED in log_of(hub), "the follower has noticed")
    finally:
        server.start()
    assert searched(hub, token, "walrus") == 1
    upload(hub, token, b"narwhal words")
    wait_until(lambda: searched(hub, token, "narwhal") == 1, "what came later is searchable", 30)
    assert asked(hub, "/readyz")[0] == 200
    assert "ended by itself" not in log_of(hub)


def test_a_connection_that_was_cut_costs_nobody_an_answer(server, hub, token):
    for _ in range(20):
        assert asked(hub, "/api/v1/me", token)[0] == 200
    server.cut_connections()
    codes = [asked(hub, "/api/v1/me", token)[0] for _ in range(20)]
    assert codes == [200] * 20
