"""The store on a local disk: two-letter folders, files named by their SHA-256."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from app.backends.storage import staging
from app.backends.storage.base import Staged, Store, Stored
from app.backends.storage.staging import HashedFile, as_failed

STAGING = ".staging"


class LocalStaged(HashedFile):
    """A file on the same disk as the store."""

    def seal(self) -> Stored:
        """Flush to the disk itself, so that a rename later cannot outlive the bytes."""
        try:
            os.fsync(self.fileno())
        except OSError as problem:
            raise as_failed(problem) from problem
        return self.so_far()


class LocalStore:
    """Files under one folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.name = "file"
        self._folder = folder
        self._staging = folder / STAGING
        self._staging.mkdir(mode=0o700, parents=True, exist_ok=True)

    def stage(self) -> Staged:
        """Begin a file beside the store, on the same disk."""
        return cast(Staged, LocalStaged(self.name, self._staging))

    def keep(self, staged: Staged) -> Stored:
        """Rename into place; bytes that are there already stay, unless some are missing."""
        stored = staged.seal()
        place = self._place(stored.sha256)
        try:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            if not place.exists() or place.stat().st_size != stored.size:
                _put(staged.path(), place)
        except OSError as problem:
            raise as_failed(problem) from problem
        return stored

    def open(self, sha256: str) -> BinaryIO:
        """Open the file of this hash."""
        return self._place(sha256).open("rb")

    def local_path(self, sha256: str) -> Path | None:
        """Always a path: the disk is here."""
        return self._place(sha256)

    @contextmanager
    def as_file(self, sha256: str) -> Iterator[Path]:
        """The stored file itself."""
        place = self._place(sha256)
        if not place.is_file():
            raise FileNotFoundError(sha256)
        yield place

    def address(self, sha256: str, filename: str, media_type: str) -> str | None:
        """None: the hub sends these itself."""
        return None

    def hashes(self) -> Iterator[str]:
        """The names of all files in the two-letter folders."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(file.name for file in folder.iterdir())

    def sweep(self, older_than_seconds: float) -> int:
        """Remove staged files whose upload ended long ago."""
        return staging.sweep(self._staging, older_than_seconds)

    def check(self) -> None:
        """Write and remove a small file."""
        with tempfile.TemporaryFile(dir=self._staging) as file:
            file.write(b"quarterdeck")

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not sha256.isalnum():
            raise FileNotFoundError(sha256)
        return self._folder / sha256[:2] / sha256


def _put(staged: Path, place: Path) -> None:
    staged.chmod(0o400)
    staged.rename(place)
    _sync_folder(place.parent)
    _sync_folder(place.parent.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_local(rest: str, root: Path) -> Store:
    """The store of `file:<folder>`, relative to the project's root."""
    return LocalStore((root / rest).resolve())
