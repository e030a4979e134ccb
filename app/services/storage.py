"""Files on their way into the store, and out of it."""

import logging
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.backends.extraction.parent import sniff
from app.backends.storage import registry
from app.backends.storage.base import Staged, Stored, StoreFailed, StoreFull
from app.errors import Invalid, Unavailable

log = logging.getLogger(__name__)
FULL = "The hub's disk is full, so the file was not kept. Tell an admin; nothing else is lost."
NOT_STORED = "The hub cannot store files just now. An admin can run “flask doctor”, which says why."
EMPTY = "This file is empty. Choose the file again, or save it once more and upload that."
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was received and is not in the store yet."""

    staged: Staged
    stored: Stored
    filename: str
    media_type: str


def received(staged: Staged, filename: str) -> NewFile:
    """Look at what arrived, before any transaction; raises Invalid or Unavailable."""
    try:
        stored = staged.seal()
    except StoreFailed as problem:
        raise refusal(problem) from None
    if stored.size == 0:
        raise Invalid({"file": [EMPTY]})
    name = clean_name(filename)
    return NewFile(staged, stored, name, sniff(staged.path(), name))


def refusal(problem: StoreFailed) -> Unavailable:
    """What a person is told when the store could not take a file; the log is told why."""
    log.warning("the store failed: %s", problem)
    return Unavailable(FULL if isinstance(problem, StoreFull) else NOT_STORED)


def keep(new: NewFile) -> dict[str, object]:
    """Give the file its place; answers the columns of a version."""
    try:
        stored = registry.current().keep(new.staged)
    except StoreFailed as problem:
        raise refusal(problem) from None
    return {
        "store": stored.store,
        "sha256": stored.sha256,
        "size": stored.size,
        "filename": new.filename,
        "media_type": new.media_type,
    }


def keep_path(path: Path) -> Stored:
    """Store a file that the hub has made itself; raises StoreFailed."""
    store = registry.current()
    staged = store.stage()
    try:
        staged.write(path.read_bytes())
        staged.seal()
        return store.keep(staged)
    finally:
        staged.discard()


def clean_name(filename: str) -> str:
    """A name that is safe to show and to save, with its ending, at most 200 characters."""
    whole = filename.encode("utf-8", "replace").decode("utf-8").replace("\\", "/")
    name = _UNSAFE.sub("_", PurePath(whole).name).strip(" .") or "file"
    path = PurePath(name)
    return path.stem[: 200 - len(path.suffix[:20])] + path.suffix[:20]


def title_from(filename: str) -> str:
    """A title that a person might have given, from a file's name."""
    words = re.sub(r"[_\s]+", " ", PurePath(filename).stem).strip()
    return words[:1].upper() + words[1:] if words else filename
