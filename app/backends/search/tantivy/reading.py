"""The reading side: one snapshot of the index, shared by threads, renewed after each commit."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.backends.search.base import EngineUnavailable
from app.backends.search.folder import IndexFolder
from app.backends.search.highlighting import Markers
from app.backends.search.tantivy import indexes
from app.backends.search.tantivy.indexes import Indexes, Searchers
from app.backends.search.tantivy.lexicon import TantivyLexicon
from app.backends.search.vocabulary import Vocabulary

_CHECK_EVERY = 0.1
_Answer = TypeVar("_Answer")

TANTIVY_RAISES = (OSError, ValueError, RuntimeError)
# Numbers and texts that are not there any more break our own reading, too.
_DAMAGE_RAISES = (*TANTIVY_RAISES, TypeError, LookupError, ArithmeticError, MemoryError)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index as one commit left it."""

    stamp: tuple[indexes.Stamp, indexes.Stamp]
    folder: Path
    indexes: Indexes
    searchers: Searchers
    vocabulary: Vocabulary
    markers: Markers


@contextmanager
def damage_as_unavailable(
    raised: tuple[type[Exception], ...] = _DAMAGE_RAISES,
) -> Iterator[None]:
    """Turn whatever Tantivy does over a damaged index, panics too, into EngineUnavailable."""
    try:
        yield
    except raised as error:
        raise EngineUnavailable(f"The index cannot be used: {error}") from error
    except BaseException as error:
        # A panic in Rust arrives as a BaseException whose class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise EngineUnavailable("The index is damaged.") from error


class Reader:
    """Gives the newest snapshot; looks for a newer one at most ten times a second."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._checked = float("-inf")

    def snapshot(self) -> Snapshot:
        """The index as it stands; raises EngineUnavailable."""
        current = self._snapshot
        if current and time.monotonic() - self._checked < _CHECK_EVERY:
            return current
        with self._lock:
            return self._renewed()

    def ask(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """Ask the newest snapshot; raises EngineUnavailable."""
        snapshot = self.snapshot()
        with damage_as_unavailable():
            return question(snapshot)

    def forget(self) -> None:
        """Open anew at the next call."""
        with self._lock:
            self._snapshot = None

    def _renewed(self) -> Snapshot:
        current = self._snapshot
        self._snapshot = None
        # The stamp comes first: should the pointer move in between, the next check sees it.
        pointer = self._folder.stamp()
        folder = self._folder.living()
        with damage_as_unavailable():
            stamp = (pointer, indexes.stamp(folder))
            if not current or current.stamp != stamp:
                current = _opened(folder, stamp, current)
        self._checked = time.monotonic()
        self._snapshot = current
        return current


def _opened(
    folder: Path, stamp: tuple[indexes.Stamp, indexes.Stamp], before: Snapshot | None
) -> Snapshot:
    both = before.indexes if before and before.folder == folder else indexes.open_both(folder)
    searchers = both.searchers()
    vocabulary = Vocabulary(TantivyLexicon(searchers))
    return Snapshot(stamp, folder, both, searchers, vocabulary, Markers(vocabulary))
