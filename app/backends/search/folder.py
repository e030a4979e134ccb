"""The folder of an index: a pointer names the living sub-folder, so that a new one can take over.

Laid out as `CURRENT` (sub-folder and format, a line each), `writer.lock`, the notes of notes.py
and the sub-folders.
"""

import errno
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.backends.search.base import CannotWrite, EngineUnavailable, Why, WriterBusy

_POINTER = "CURRENT"
_LOCK = "writer.lock"
WANTED = "REBUILD"
PROGRESS = "PROGRESS"
SUSPECTED = "SUSPECTED"
# Who asks whether somebody writes holds the lock for an instant; that is no writer.
_TRIES, _INSTANT = 5, 0.01
_PROBE = 1 << 20


class IndexFolder:
    """One engine's folder; `format` names the engine, its version and the schema's."""

    def __init__(self, root: Path, index_format: str) -> None:
        self.root = root
        self.format = index_format
        self._lock: int | None = None

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another sub-folder takes over; raises EngineUnavailable without one."""
        try:
            seen = (self.root / _POINTER).stat()
        except OSError as error:
            raise EngineUnavailable("There is no index yet.", Why.MISSING) from error
        return seen.st_mtime_ns, seen.st_ino

    def living(self) -> Path:
        """The sub-folder in use; raises EngineUnavailable if there is none of this format."""
        try:
            name, index_format = self._pointer()
        except OSError as error:
            raise EngineUnavailable("There is no index yet.", Why.MISSING) from error
        except ValueError as error:
            raise EngineUnavailable("The index's pointer is damaged.") from error
        if index_format != self.format:
            raise EngineUnavailable("The index is of another version.", Why.VERSION)
        folder = self.root / name
        if not folder.is_dir():
            raise EngineUnavailable("The index's folder is gone.")
        return folder

    def lock(self) -> None:
        """Become the one writer until `unlock`; the system lets go if the process dies.

        What a dead writer left half made is swept away.
        """
        if self._lock is not None and not self._is_lost(self._lock):
            return
        self.unlock()
        with _told():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.root.chmod(0o700)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            handle = os.open(self.root / _LOCK, flags, 0o600)
        if not _taken(handle, fcntl.LOCK_EX):
            os.close(handle)
            raise WriterBusy(f"Another process is writing the index in {self.root}.")
        self._lock = handle
        self._remove(PROGRESS)
        self._sweep()

    def unlock(self) -> None:
        """Let another process write."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def is_mine(self) -> bool:
        """Whether this process is the writer."""
        return self._lock is not None

    def is_written(self) -> bool:
        """Whether any process is the writer."""
        if self.is_mine:
            return True
        try:
            handle = os.open(self.root / _LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not _taken(handle, fcntl.LOCK_SH, tries=1)
        finally:
            os.close(handle)

    def fresh(self) -> Path:
        """A new, empty sub-folder beside the living one; raises CannotWrite without room for it."""
        with _told():
            self._require_room()
            folder = self.root / f"index-{secrets.token_hex(6)}"
            folder.mkdir(mode=0o700)
        return folder

    def change_over(self, folder: Path) -> None:
        """Make a sub-folder the living one, durably, and remove the others."""
        try:
            with _told():
                _sync(folder)
                self._point_at(folder)
                _sync(self.root)
        finally:
            self._sweep()
        self._remove(WANTED)
        self._remove(SUSPECTED)

    def size(self) -> int:
        """The bytes of every file in it."""
        total = 0
        for folder, _, names in os.walk(self.root):
            for name in names:
                # A commit or a change-over may just have taken it away.
                with suppress(OSError):
                    total += (Path(folder) / name).lstat().st_size
        return total

    def _point_at(self, folder: Path) -> None:
        draft = self.root / f"{_POINTER}.new"
        with draft.open("w", encoding="utf-8") as file:
            file.write(f"{folder.name}\n{self.format}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / _POINTER)

    def _pointer(self) -> tuple[str, str]:
        """Sub-folder and format; raises OSError without a pointer, ValueError over nonsense."""
        name, index_format = (self.root / _POINTER).read_text("utf-8").splitlines()
        if Path(name).name != name:
            raise ValueError("The pointer names no sub-folder.")
        return name, index_format

    def _is_lost(self, handle: int) -> bool:
        """Whether the locked file is not the folder's any more, as when that was deleted."""
        try:
            there = (self.root / _LOCK).stat()
        except OSError:
            return True
        return not os.path.samestat(there, os.fstat(handle))

    def _require_room(self) -> None:
        """Raise OSError where an index of this size has no room, or nothing can be written."""
        if shutil.disk_usage(self.root).free < self.size():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        probe = self.root / "PROBE"
        try:
            # Quotas and limits are not seen before something is written.
            probe.write_bytes(bytes(_PROBE))
        finally:
            probe.unlink(missing_ok=True)

    def _remove(self, note: str) -> None:
        with suppress(OSError):
            (self.root / note).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove every sub-folder but the one that the pointer names."""
        try:
            kept, _ = self._pointer()
        except (OSError, ValueError):
            kept = ""
        for folder in self.root.glob("index-*"):
            if folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"The index's folder cannot be written: {error.strerror}.") from error


def _taken(handle: int, how: int, tries: int = _TRIES) -> bool:
    for attempt in range(tries):
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError:
            if attempt < tries - 1:
                time.sleep(_INSTANT)
        else:
            return True
    return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
