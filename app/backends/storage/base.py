"""The contract of a store: bytes in by stream, found again by their SHA-256."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
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
    """The store could not take a file, or give one; nothing is half kept."""


class StoreFull(StoreFailed):
    """It has no room for the file."""


class Damaged(Exception):
    """The bytes in the store are not those that were put there."""


class Staged(Protocol):
    """A file on its way in: hashed as it is written, not in the store yet."""

    def write(self, data: bytes) -> int:
        """Take some more bytes; raises StoreFailed."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place, as in a file."""

    def seal(self) -> Stored:
        """End the writing and bring the bytes to safety; raises StoreFailed.

        The slow part of storing, so outside any transaction; safe to repeat.
        """

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
        """Give a sealed file its place for good, quickly; raises StoreFailed."""

    def open(self, sha256: str) -> BinaryIO:
        """Read a file by stream; raises FileNotFoundError, or StoreFailed also while reading."""

    def local_path(self, sha256: str) -> Path | None:
        """Where the file lies on this machine, for a server that sends files itself."""

    def as_file(self, sha256: str) -> AbstractContextManager[Path]:
        """A path where the bytes can be read for a while.

        Raises FileNotFoundError, Damaged, or StoreFailed when trying again later helps.
        """

    def address(self, sha256: str, filename: str, media_type: str) -> str | None:
        """Where anybody can download the file for a few minutes, under this name.

        None where the hub has to send it; raises FileNotFoundError or StoreFailed.
        """

    def hashes(self) -> Iterator[str]:
        """The SHA-256 of every file, by its name, not by its bytes."""

    def sweep(self, older_than_seconds: float) -> int:
        """Remove what was staged and never kept; answers how many."""

    def check(self) -> None:
        """Raise OSError with a sentence when the store cannot be written."""
