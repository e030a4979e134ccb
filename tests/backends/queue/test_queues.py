"""The contract of a queue."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.backends.queue.registry import open_queue
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

open_queue("sqlite:queue.db", Path(sys.argv[1])).work({"greet": greet}, threads=1)
"""


@pytest.fixture
def queue(tmp_path):
    """A queue of this test's own."""
    return open_queue("sqlite:queue.db", tmp_path)


@pytest.fixture
def worked(tmp_path):
    """Lets a worker work until its task has left something; answers what, and its status."""

    def work() -> tuple[str, int]:
        left: Path = tmp_path / "left.txt"
        command = [sys.executable, "-c", WORKER, str(tmp_path), str(left)]
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


@pytest.mark.parametrize("url", ["", "sqlite:", "amqp://x"])
def test_an_unknown_queue_is_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(ValueError, match="no such queue"):
        open_queue(url, tmp_path)
