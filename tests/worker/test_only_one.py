"""The lock of what one process of a machine does."""

import threading

import pytest

from app.worker.only_one import AlreadyRunning, only_one


def test_a_second_one_is_told(tmp_path):
    with (
        only_one(tmp_path / "a.lock", waits=False),
        pytest.raises(AlreadyRunning),
        only_one(tmp_path / "a.lock", waits=False),
    ):
        pass


def test_who_waits_comes_in_when_the_place_can_be_written(tmp_path):
    place, is_in = tmp_path / "index", threading.Event()
    place.write_text("no folder")

    def wait() -> None:
        with only_one(place / "a.lock", waits=True):
            is_in.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert not is_in.wait(0.1)
    place.unlink()
    assert is_in.wait(5)
    waiting.join()
