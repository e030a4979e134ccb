"""The contract of a store: bytes in by stream, found again by their SHA-256."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store: which store, its SHA-256 in hex and its size in bytes."""

    store: str
    sha256: str
    size: int


class StoreFailed(Exception):
    """The store could not take the file; nothing of it is kept."""


class StoreFull(StoreFailed):
    """It has no room for the file."""


class Staged(Protocol):
    """A file on its way in: hashed as it is written, not in the store yet."""

    def write(self, data: bytes) -> int:
        """Take some more bytes; raises StoreFailed."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place, as in a file."""

    def seal(self) -> Stored:
        """End the writing and put the bytes safely on disk; raises StoreFailed."""

    def path(self) -> Path:
        """Where the bytes can be read until they are kept or discarded."""

    def discard(self) -> None:
        """Take back what was not kept; safe to repeat."""


class Store(Protocol):
    """A place for files; the same bytes are stored once."""

    name: str

    def stage(self) -> Staged:
        """Begin to take a file in."""

    def keep(self, staged: Staged) -> Stored:
        """Give a sealed file its place for good."""

    def open(self, sha256: str) -> BinaryIO:
        """Read a file; raises FileNotFoundError."""

    def local_path(self, sha256: str) -> Path | None:
        """Where the file lies on this machine, for a server that sends files itself."""

    def hashes(self) -> Iterator[str]:
        """The SHA-256 of every file, by its name, not by its bytes."""

    def sweep(self, older_than_seconds: float) -> int:
        """Remove what was staged and never kept; answers how many."""

    def check(self) -> None:
        """Raise OSError with a sentence when the store cannot be written."""
