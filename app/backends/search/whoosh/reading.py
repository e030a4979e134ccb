"""The reading side: one snapshot of the index, asked by one thread at a time.

Whoosh's files are read by seeking, so a reader shared by threads gives wrong answers; since it is
all Python, threads that took turns at readers of their own would not be sooner done.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from app.backends.search.base import EngineUnavailable
from app.backends.search.folder import IndexFolder
from app.backends.search.highlighting import Markers
from app.backends.search.vocabulary import Vocabulary
from app.backends.search.whoosh.lexicon import WhooshLexicon
from app.backends.search.whoosh.segments import Part, Segment
from app.backends.search.whoosh.statistics import Statistics

NAME = "MAIN"
_CHECK_EVERY = 0.1
_Answer = TypeVar("_Answer")

Stamp = tuple[tuple[int, int], list[str]]
NOT_SEEN: Stamp = ((0, 0), [])
"""The stamp of what nobody reads yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index as one commit left it."""

    stamp: Stamp
    folder: Path
    segments: dict[str, Segment]
    parts: Sequence[Part]
    statistics: Statistics
    vocabulary: Vocabulary
    markers: Markers


@contextmanager
def damage_as_unavailable(raised: type[Exception] = Exception) -> Iterator[None]:
    """Turn whatever Whoosh raises over a damaged index into EngineUnavailable."""
    try:
        yield
    except EngineUnavailable:
        raise
    except raised as error:
        # Pickles, structs, missing keys and files: there is no list of what damage may raise.
        raise EngineUnavailable(f"The index cannot be used: {error!r}") from error


class Reader:
    """Asks the newest snapshot; looks for a newer one at most ten times a second."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._checked = float("-inf")

    def ask(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """Ask, while no other thread does; raises EngineUnavailable."""
        with self._lock:
            snapshot = self._newest()
            with damage_as_unavailable():
                return question(snapshot)

    def forget(self) -> None:
        """Open anew at the next call."""
        with self._lock:
            self._snapshot = None

    def look_again(self) -> None:
        """See at the next call what was committed, with what is open already."""
        with self._lock:
            self._checked = float("-inf")

    def _newest(self) -> Snapshot:
        current = self._snapshot
        if current and time.monotonic() - self._checked < _CHECK_EVERY:
            return current
        self._snapshot = None
        # The stamp comes first: should the pointer move in between, the next check sees it.
        pointer = self._folder.stamp()
        folder = self._folder.living()
        with damage_as_unavailable():
            stamp = (pointer, sorted(path.name for path in folder.glob("_*.toc")))
            if not current or current.stamp != stamp:
                current = opened(folder, stamp, current)
        self._checked = time.monotonic()
        self._snapshot = current
        return current


def opened(folder: Path, stamp: Stamp, before: Snapshot | None = None) -> Snapshot:
    """The index in a folder as its last commit left it; what is open already is not read again."""
    open_already = before.segments if before and before.folder == folder else {}
    storage = FileStorage(str(folder), readonly=True)
    segments: dict[str, Segment] = {}
    parts: list[Part] = []
    for info in TOC.read(storage, NAME).segments:
        name = info.segment_id()
        segments[name] = open_already.get(name) or Segment(storage, info)
        parts.append(Part(segments[name], frozenset(info.deleted_docs())))
    vocabulary = Vocabulary(WhooshLexicon(parts))
    return Snapshot(
        stamp, folder, segments, parts, Statistics(parts), vocabulary, Markers(vocabulary)
    )
