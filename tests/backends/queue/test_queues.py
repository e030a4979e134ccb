"""The contract of a queue."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.backends.queue.registry import open_queue
from tests import places
from tests.hub import ROOT, wait_until

# A worker of its own process, whose task writes its subject into a file, and breaks on 1.
WORKER = """
import sys
from pathlib import Path
from app.backends.queue.registry import open_queue

def greet(one):
    if one == 1:
        raise ValueError("broken on purpose")
    Path(sys.argv[2]).write_text(str(one))

open_queue(sys.argv[3], Path(sys.argv[1]), sys.argv[4]).work({"greet": greet}, threads=1)
"""


@pytest.fixture(
    params=[
        "sqlite:queue.db",
        pytest.param("postgresql:", marks=(pytest.mark.services, places.postgresql_only)),
    ]
)
def address(request, tmp_path):
    """A QUEUE_URL and the DATABASE_URL beside it."""
    place = tmp_path / "hub.db"
    if request.param == "postgresql:":
        places.make_empty(place)
    yield request.param, places.database_url(place)
    places.remove(place)


@pytest.fixture
def queue(address, tmp_path):
    """A queue of this test's own."""
    return open_queue(address[0], tmp_path, address[1])


@pytest.fixture
def worked(address, tmp_path):
    """Lets a worker work until its task has left something; answers what, and its status."""

    def work() -> tuple[str, int]:
        left: Path = tmp_path / "left.txt"
        command = [sys.executable, "-c", WORKER, str(tmp_path), str(left), *address]
        worker = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: left.exists() and left.read_text() != "", "a task is done", 30)
        finally:
            worker.terminate()
        return left.read_text(), worker.wait(timeout=30)

    return work


def test_a_task_is_done_by_name_with_its_subject(queue, worked):
    queue.enqueue("greet", 7)
    assert worked() == ("7", 0)


def test_what_waits_is_counted(queue):
    queue.enqueue("greet", 1)
    queue.enqueue("greet", 2)
    assert queue.waiting() == 2


def test_a_task_that_fails_does_not_hold_up_the_next(queue, worked):
    queue.enqueue("greet", 1)
    queue.enqueue("greet", 2)
    assert worked()[0] == "2"


@pytest.mark.parametrize("url", ["", "sqlite:", "amqp://x", "postgresql://elsewhere/db"])
def test_an_unknown_queue_is_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(ValueError, match="no such queue"):
        open_queue(url, tmp_path)


def test_the_hubs_own_database_as_a_queue_must_be_postgresql(tmp_path):
    with pytest.raises(ValueError, match="DATABASE_URL names no PostgreSQL"):
        open_queue("postgresql:", tmp_path, "sqlite:///hub.db")


@pytest.mark.services
@places.postgresql_only
def test_processes_that_open_a_queue_at_once_all_succeed(tmp_path):
    place = tmp_path / "hub.db"
    places.make_empty(place)
    code = "import sys; from app.backends.queue.postgresql import PostgresqlQueue as Queue; "
    code += "Queue(sys.argv[1]).enqueue('greet', 1)"
    command = [sys.executable, "-c", code, places.database_url(place)]
    opened = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
    assert [one.wait(timeout=60) for one in opened] == [0, 0, 0, 0]
    assert open_queue("postgresql:", tmp_path, places.database_url(place)).waiting() == 4
    places.remove(place)


def test_a_hub_on_sqlite_loads_no_client_of_postgresql():
    code = "import sys, app.factory; sys.exit('psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
