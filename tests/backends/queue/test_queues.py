"""The contract of a queue."""

import os
import signal
import threading

import pytest

from app.backends.queue.registry import open_queue


@pytest.fixture
def queue(tmp_path):
    """A queue of this test's own."""
    return open_queue("sqlite:queue.db", tmp_path)


def work(queue, tasks, until: threading.Event) -> None:
    """Work in this process until something has happened, then be told to stop."""
    threading.Thread(
        target=lambda: (until.wait(10), os.kill(os.getpid(), signal.SIGTERM)), daemon=True
    ).start()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        queue.work(tasks, threads=1)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_task_is_done_by_name_with_its_subject(queue):
    done, seen = [], threading.Event()
    queue.enqueue("greet", 7)
    work(queue, {"greet": lambda one: (done.append(one), seen.set())}, seen)
    assert done == [7]


def test_what_waits_is_counted(queue):
    queue.enqueue("greet", 1)
    queue.enqueue("greet", 2)
    assert queue.waiting() == 2


def test_a_task_that_fails_does_not_hold_up_the_next(queue):
    done, seen = [], threading.Event()
    queue.enqueue("break", 1)
    queue.enqueue("greet", 2)
    tasks = {"break": lambda _: 1 / 0, "greet": lambda one: (done.append(one), seen.set())}
    work(queue, tasks, seen)
    assert done == [2]


@pytest.mark.parametrize("url", ["", "sqlite:", "amqp://x"])
def test_an_unknown_queue_is_refused_with_a_sentence(tmp_path, url):
    with pytest.raises(ValueError, match="no such queue"):
        open_queue(url, tmp_path)
