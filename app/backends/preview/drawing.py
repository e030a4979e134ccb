"""A running child: what it sends is taken while it keeps to its time, its amount and its form."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from .base import DAMAGED, TOO_LARGE, TOO_SLOW, Bounds, RenderFailed

CHILD = str(Path(__file__).resolve().parent / "child.py")
_PIECE = 1 << 16
_LONGEST_LINE = 10_000


class Killed(RenderFailed):
    """Somebody else ended the child: the system for want of memory, or a person."""


class Drawing:
    """A child that draws an open file, from the page `first` on; used once, in a `with`."""

    def __init__(self, file: BinaryIO, renderer: str, bounds: Bounds, first: int) -> None:
        job = {
            "renderer": renderer,
            "limits": bounds.limits._asdict(),
            "first": first,
            "most_pages": bounds.most_pages,
        }
        self._bounds = bounds
        self._seconds = bounds.seconds
        self._bytes = 0
        self._held = bytearray()
        self._child = subprocess.Popen(
            [sys.executable, "-I", CHILD, "confined", json.dumps(job)],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            env={}, cwd="/", close_fds=True, start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end(self._child)

    def words(self) -> dict[str, object]:
        """The next line, decoded."""
        while b"\n" not in self._held:
            if len(self._held) > _LONGEST_LINE:
                raise RenderFailed(DAMAGED, "unreadable answer")
            self._take_more()
        line, _, rest = self._held.partition(b"\n")
        self._held = rest
        try:
            words = json.loads(line)
        except ValueError as error:
            raise RenderFailed(DAMAGED, "unreadable answer") from error
        return words if isinstance(words, dict) else {}

    def image(self, size: object) -> bytes:
        """The next bytes, so many, if they are an image of an allowed size."""
        if not isinstance(size, int) or not 0 < size <= self._bounds.most_image:
            raise RenderFailed(TOO_LARGE, f"an image of {size} bytes")
        while len(self._held) < size:
            self._take_more()
        image = bytes(self._held[:size])
        del self._held[:size]
        if image[:4] != b"RIFF" or image[8:12] != b"WEBP":
            raise RenderFailed(DAMAGED, "no image")
        return image

    def _take_more(self) -> None:
        """Wait for the child; the time in which it waits for us is not counted."""
        assert self._child.stdout is not None
        began = time.monotonic()
        # By poll, since select takes no more than 1,024 open files.
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._child.stdout, selectors.EVENT_READ)
            ready = waiting.select(max(0.0, self._seconds))
        self._seconds -= time.monotonic() - began
        if not ready:
            raise RenderFailed(TOO_SLOW, "time on the clock")
        piece = os.read(self._child.stdout.fileno(), _PIECE)
        if not piece:
            raise self._died()
        self._held += piece
        self._bytes += len(piece)
        if self._bytes > self._bounds.most_output:
            raise RenderFailed(TOO_LARGE, "output")

    def _died(self) -> RenderFailed:
        """Why it ended before its last words."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(1)
        code = self._child.poll()
        if code == -signal.SIGKILL:
            return Killed(TOO_LARGE, "killed")
        if code == -signal.SIGXCPU:
            return RenderFailed(TOO_SLOW, "time on the processor")
        is_full = code in (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL)
        return RenderFailed(TOO_LARGE if is_full else DAMAGED, f"ended with {code}")


def end(child: subprocess.Popen[bytes]) -> None:
    """Leave no child behind, nor any that it has made."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdout is not None:
        child.stdout.close()
