"""Reading a copy that somebody has on their machine, to compare it; nothing of it is kept."""

import threading
from collections.abc import Sequence

from app.backends.extraction.parent import Bounds, ExtractionFailed, extract
from app.errors import Invalid, Unavailable
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import page_freshness
from app.queries.page_freshness import JudgedPage
from app.services.storage import NewFile

# Reading takes a processor; whoever comes while others are at it is asked to wait.
AT_ONCE = 2
PATIENCE = 20.0
LONGEST = 45.0
NO_TEXT = "No text can be read from this kind of file, so its pages cannot be compared."
BUSY = "The hub is comparing other files just now. Try again in a moment; nothing was kept."
_turns = threading.BoundedSemaphore(AT_ONCE)


def judge(actor: User, file: NewFile) -> Sequence[JudgedPage]:
    """A verdict for each page of a copy. Raises Invalid where it cannot be read."""
    require(actor, Permission.COMPARE_COPY)
    if not _turns.acquire(timeout=PATIENCE):
        raise Unavailable(BUSY)
    try:
        return page_freshness.judged(actor, _pages(file))
    finally:
        _turns.release()


def _pages(file: NewFile) -> Sequence[tuple[str, str]]:
    try:
        read = extract(file.staged.path(), file.filename, Bounds(seconds=LONGEST))
    except ExtractionFailed as failed:
        raise Invalid({"file": [str(failed)]}) from None
    if read is None:
        raise Invalid({"file": [NO_TEXT]})
    return [(page.title, page.text) for page in read.pages]
