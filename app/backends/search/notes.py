"""What an engine's processes tell each other by small files in the index's folder."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.backends.search.base import CannotWrite, Progress, Why
from app.backends.search.folder import PROGRESS, SUSPECTED, WANTED, IndexFolder

_FOLLOWED = "FOLLOWED"
_EVERY = 0.25
_FOLLOWED_EVERY = 5.0


class Notes:
    """The notes' part of an engine's contract, the same for each engine that keeps a folder.

    Notes are a kindness: but for the word of a rebuild, one that cannot be written is left.
    """

    def __init__(self, folder: IndexFolder) -> None:
        self.format = folder.format
        self._folder = folder
        self._reported = float("-inf")
        self._followed = float("-inf")

    def ask_for_rebuild(self) -> None:
        """Leave word in the folder; raises CannotWrite."""
        try:
            self._folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path(WANTED).touch(mode=0o600)
        except OSError as error:
            raise CannotWrite(f"No word could be left: {error.strerror}.") from error

    def is_rebuild_wanted(self) -> bool:
        """Whether there is word in the folder."""
        return self._path(WANTED).exists()

    def suspect(self) -> None:
        """Leave that word in the folder."""
        with suppress(OSError):
            self._path(SUSPECTED).touch(mode=0o600)

    def is_suspected(self) -> bool:
        """Whether there is that word in the folder."""
        return self._path(SUSPECTED).exists()

    def report(self, progress: Progress | None) -> None:
        """Write how far the rebuild is, or take that away."""
        if not self._folder.is_mine:
            return
        with suppress(OSError):
            if progress is None:
                self._path(PROGRESS).unlink(missing_ok=True)
                self._reported = float("-inf")
            elif time.monotonic() - self._reported >= _EVERY or progress.done == progress.total:
                self._reported = time.monotonic()
                _write(self._path(PROGRESS), progress)

    def progress(self) -> Progress | None:
        """What is written there, unless nobody writes the index any more."""
        try:
            found = _read(self._path(PROGRESS))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if self._folder.is_written() else None

    def note_followed(self) -> None:
        """Set the time of a file, at most every five seconds."""
        if time.monotonic() - self._followed >= _FOLLOWED_EVERY:
            with suppress(OSError):
                self._path(_FOLLOWED).touch(mode=0o600)
                self._followed = time.monotonic()

    def followed_at(self) -> datetime | None:
        """The time of that file."""
        try:
            return datetime.fromtimestamp(self._path(_FOLLOWED).stat().st_mtime, UTC)
        except OSError:
            return None

    def size(self) -> int:
        """The bytes of everything in the folder."""
        return self._folder.size()

    def _path(self, name: str) -> Path:
        return self._folder.root / name


def _write(path: Path, progress: Progress) -> None:
    said = {
        "done": progress.done,
        "total": progress.total,
        "began": progress.began.isoformat(),
        "why": progress.why.name,
    }
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(said), "utf-8")
    draft.chmod(0o600)
    draft.replace(path)


def _read(path: Path) -> Progress:
    said = json.loads(path.read_text("utf-8"))
    return Progress(
        done=int(said["done"]),
        total=int(said["total"]),
        began=datetime.fromisoformat(said["began"]),
        why=Why[said["why"]],
    )
