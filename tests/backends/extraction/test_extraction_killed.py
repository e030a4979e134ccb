"""A child that somebody kills says nothing about its file."""

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.backends.extraction.parent import ExtractionFailed, extract


def readers() -> list[int]:
    """The children of this process that read files."""
    found = []
    for place in Path(f"/proc/{os.getpid()}/task").iterdir():
        found += [int(pid) for pid in (place / "children").read_text().split()]
    return [pid for pid in found if b"child.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def kill_readers(most: int) -> None:
    """Kill so many of them as they come."""
    killed: set[int] = set()
    ends = time.monotonic() + 20
    while len(killed) < most and time.monotonic() < ends:
        with suppress(OSError):
            for pid in set(readers()) - killed:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)


@pytest.mark.parametrize(("kills", "is_read"), [(1, True), (2, False)])
def test_a_file_is_read_once_more_after_a_kill(tmp_path, kills, is_read):
    file = tmp_path / "a.md"
    file.write_text("Walrus words.\n" * 200_000)
    killer = threading.Thread(target=kill_readers, args=[kills])
    killer.start()
    if is_read:
        assert "Walrus" in extract(file, "a.md").pages[0].text
    else:
        with pytest.raises(ExtractionFailed):
            extract(file, "a.md")
    killer.join()
