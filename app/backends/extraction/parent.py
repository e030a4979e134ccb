"""Gets the text out of a file: starts the confined child, waits, and judges what it answers."""

import functools
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from . import media
from .confinement import MECHANISMS, Limits
from .formats.document import DAMAGED, TOO_LARGE
from .sniff import sniff

__all__ = ["Bounds", "Extract", "ExtractionFailed", "Page", "confinement", "extract", "sniff"]

EMPTY = "This file is empty. Check that it was saved completely and upload it again."
TOO_SLOW = "This file took too long to read. Split it into smaller files and upload those."
NOT_AS_NAMED = (
    "This file is not what its name says, or it is damaged. "
    "Open it in the program that made it, save it again and upload that."
)
_CHILD = str(Path(__file__).resolve().parent / "child.py")
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet; `text` is all its words, the title's too where the page shows it."""

    number: int
    title: str
    text: str
    speaker_notes: str


@dataclass(frozen=True, slots=True)
class Extract:
    """The words of a file. `title` is the one the document names itself, "" where it has none."""

    media_type: str
    title: str
    pages: tuple[Page, ...]


class ExtractionFailed(Exception):
    """The message is a sentence for the person who uploaded; `detail` is for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class Killed(ExtractionFailed):
    """Somebody else ended the child: the system for want of memory, or a person."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost and give: seconds on the clock, characters of text, bytes sent."""

    seconds: float = 90
    most_pages: int = 2_000
    most_text: int = 16_000_000
    most_output: int = 16 * 1024 * 1024
    limits: Limits = field(default_factory=Limits)


def extract(file: Path, filename: str, bounds: Bounds | None = None) -> Extract | None:
    """The file's text, or None for a kind of file that has none. Raises ExtractionFailed."""
    bounds = bounds or Bounds()
    with file.open("rb") as opened:
        if not opened.read(1):
            raise ExtractionFailed(EMPTY)
        media_type = sniff(opened, filename)
        reader = media.reader_of(media_type)
        if not reader:
            _refuse_false_names(media_type, filename)
            return None
        try:
            answer = _ask(opened, reader, bounds)
        except Killed:
            # From outside, by whoever; that says nothing about the file, so once more.
            answer = _ask(opened, reader, bounds)
    return _extract(media_type, answer)


def _refuse_false_names(media_type: str, filename: str) -> None:
    claimed = media.by_name(filename)
    nameless = (media.UNKNOWN, media.OLE.media_type, media.ZIP.media_type)
    if media_type in nameless and claimed and claimed.reader:
        raise ExtractionFailed(NOT_AS_NAMED)


@functools.cache
def confinement() -> Mapping[str, bool | str]:
    """Which mechanisms hold a child on this machine, as one reports that has just locked itself."""
    try:
        with Path(os.devnull).open("rb") as nothing:
            found = _ask(nothing, "", Bounds()).get("confinement")
    except ExtractionFailed:
        found = None
    return found if isinstance(found, dict) else dict.fromkeys(MECHANISMS, False)


def _extract(media_type: str, answer: Mapping[str, object]) -> Extract:
    title, pages = answer.get("title"), answer.get("pages")
    if "refused" in answer:
        raise ExtractionFailed(str(answer["refused"]), str(answer.get("detail", "")))
    if not isinstance(title, str) or not isinstance(pages, list):
        raise ExtractionFailed(DAMAGED, "no answer")
    numbered = enumerate(pages, start=1)
    return Extract(media_type, title, tuple(Page(number, *words) for number, words in numbered))


def _ask(file: BinaryIO, reader: str, bounds: Bounds) -> dict[str, object]:
    """Run one child on an open file and decode its answer."""
    job = {
        "reader": reader,
        "limits": bounds.limits._asdict(),
        "most_pages": bounds.most_pages,
        "most_text": bounds.most_text,
    }
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    child = subprocess.Popen(
        [sys.executable, "-I", _CHILD, json.dumps(job)],
        stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={}, cwd="/", close_fds=True, start_new_session=True,
    )  # fmt: skip
    try:
        output = _output(child, bounds)
    finally:
        _end(child)
    if child.returncode == -signal.SIGKILL:
        raise Killed(TOO_LARGE, "killed")
    if child.returncode != 0:
        raise ExtractionFailed(*_why(child.returncode))
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise ExtractionFailed(DAMAGED, "unreadable answer") from error
    return answer if isinstance(answer, dict) else {}


def _output(child: subprocess.Popen[bytes], bounds: Bounds) -> bytes:
    """All the child writes, while it keeps to its time and its amount."""
    assert child.stdout is not None
    ends = time.monotonic() + bounds.seconds
    pieces = bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not waiting.select(max(0.0, ends - time.monotonic())):
                raise ExtractionFailed(TOO_SLOW, "time on the clock")
            piece = os.read(child.stdout.fileno(), _PIECE)
            pieces += piece
            if not piece:
                break
            if len(pieces) > bounds.most_output:
                raise ExtractionFailed(TOO_LARGE, "output")
    try:
        child.wait(max(0.1, ends - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise ExtractionFailed(TOO_SLOW, "time on the clock") from error
    return bytes(pieces)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave no child behind, nor any that it might have made."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _why(code: int) -> tuple[str, str]:
    """The sentence for a child that died, and how it died."""
    detail = f"ended with {code}"
    if code == -signal.SIGXCPU:
        return TOO_SLOW, "time on the processor"
    if -code in (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL):
        return TOO_LARGE, detail
    return DAMAGED, detail
