"""The folder of an index: a pointer names the living sub-folder, so that a new one can take over.

Laid out as `CURRENT` (sub-folder and format, a line each), `writer.lock` and the sub-folders.
"""

import fcntl
import os
import secrets
import shutil
from pathlib import Path

from app.backends.search.base import EngineUnavailable, WriterBusy

_POINTER = "CURRENT"
_WANTED = "REBUILD"


class IndexFolder:
    """One engine's folder; `format` names the engine, its version and the schema's."""

    def __init__(self, root: Path, index_format: str) -> None:
        self._root = root
        self._format = index_format
        self._lock: int | None = None

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another sub-folder takes over; raises EngineUnavailable without one."""
        try:
            seen = (self._root / _POINTER).stat()
        except OSError as error:
            raise EngineUnavailable("There is no index yet.") from error
        return seen.st_mtime_ns, seen.st_ino

    def living(self) -> Path:
        """The sub-folder in use; raises EngineUnavailable if there is none of this format."""
        try:
            lines = (self._root / _POINTER).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise EngineUnavailable("There is no index yet.") from error
        if len(lines) != 2 or lines[1] != self._format or Path(lines[0]).name != lines[0]:
            raise EngineUnavailable("The index is of another version.")
        folder = self._root / lines[0]
        if not folder.is_dir():
            raise EngineUnavailable("The index's folder is gone.")
        return folder

    def lock(self) -> None:
        """Become the one writer until `unlock`; the system lets go if the process dies."""
        if self._lock is not None:
            return
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._root.chmod(0o700)
        handle = os.open(self._root / "writer.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise WriterBusy(f"Another process is writing the index in {self._root}.") from error
        self._lock = handle

    def unlock(self) -> None:
        """Let another process write."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def ask_for_rebuild(self) -> None:
        """Leave word that the next writer should make the index anew."""
        (self._root / _WANTED).touch(mode=0o600)

    def is_rebuild_wanted(self) -> bool:
        """Whether there is such word."""
        return (self._root / _WANTED).exists()

    def fresh(self) -> Path:
        """A new, empty sub-folder beside the living one."""
        folder = self._root / f"index-{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700)
        return folder

    def change_over(self, folder: Path) -> None:
        """Make a sub-folder the living one, durably, and remove the others."""
        _sync(folder)
        pointer = self._root / f"{_POINTER}.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(f"{folder.name}\n{self._format}\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._root / _POINTER)
        (self._root / _WANTED).unlink(missing_ok=True)
        _sync(self._root)
        self._sweep(folder)

    def _sweep(self, kept: Path) -> None:
        for folder in self._root.glob("index-*"):
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
