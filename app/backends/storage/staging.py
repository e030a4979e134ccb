"""A file of this machine that is hashed as it is written: where every file comes in."""

import errno
import hashlib
import tempfile
import time
from io import FileIO
from pathlib import Path

from app.backends.storage.base import Stored, StoreFailed, StoreFull

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class HashedFile(FileIO):
    """A file in the staging folder, hashed as it is written."""

    def __init__(self, store_name: str, folder: Path) -> None:
        try:
            descriptor, name = tempfile.mkstemp(dir=folder)
        except OSError as problem:
            raise as_failed(problem) from problem
        super().__init__(descriptor, "w+b")
        self._store_name = store_name
        self._path = Path(name)
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write all of the bytes, which a raw file does not promise."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[super().write(rest) :]
        except OSError as problem:
            raise as_failed(problem) from problem
        self._digest.update(data)
        self._size += len(data)
        return len(data)

    def so_far(self) -> Stored:
        """What has been written until now."""
        return Stored(self._store_name, self._digest.hexdigest(), self._size)

    def path(self) -> Path:
        """The file in the staging folder."""
        return self._path

    def discard(self) -> None:
        """Close, and remove the file unless it was kept."""
        self.close()
        self._path.unlink(missing_ok=True)


def as_failed(problem: OSError) -> StoreFailed:
    """What went wrong with a file, as the store's fault."""
    return StoreFull() if problem.errno in _FULL else StoreFailed(str(problem))


def sweep(folder: Path, older_than_seconds: float) -> int:
    """Remove staged files whose upload ended long ago; answers how many."""
    oldest = time.time() - older_than_seconds
    return sum(_remove_if_old(file, oldest) for file in folder.iterdir())


def _remove_if_old(file: Path, oldest: float) -> bool:
    try:
        if file.stat().st_mtime >= oldest:
            return False
        file.unlink()
    except FileNotFoundError:
        # Its upload has just ended.
        return False
    return True
