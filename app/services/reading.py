"""Reading the text of versions: what is still to be read, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from app.backends.extraction.parent import Extract, ExtractionFailed, extract
from app.backends.storage import registry
from app.backends.storage.base import Damaged
from app.choices import NoticeKind, TextState
from app.db import session
from app.models.version import Page, Version
from app.queries import recalls
from app.services import audit, guessing, indexing, notices, queue
from app.services.notices import News
from app.text import fingerprint


@dataclass(frozen=True, slots=True)
class Unread:
    """A stored file whose text nobody has read."""

    store: str
    sha256: str
    filename: str


Outcome = Extract | ExtractionFailed | None
LOST = "The stored file could not be found. An admin can run “flask doctor”, which says more."
DAMAGED = "The stored file is damaged. An admin can run “flask doctor --fixity”, which says more."


def unread(limit: int) -> Sequence[int]:
    """The ids of versions whose text nobody has read yet, the oldest first."""
    pending = select(Version.id).where(Version.text_state == TextState.PENDING)
    return session.scalars(pending.order_by(Version.id).limit(limit)).all()


def pending(version_id: int) -> Unread | None:
    """A version's file, if its text is still to be read."""
    version = session.get(Version, version_id, populate_existing=True)
    if version is None or version.text_state is not TextState.PENDING:
        return None
    return Unread(version.store or "", version.sha256 or "", version.filename)


def read(file: Unread) -> Outcome:
    """Read a file in a confined process; takes as long as it takes, and no database.

    Raises StoreFailed where the store does not give the file just now: that says nothing of it.
    """
    try:
        with registry.named(file.store).as_file(file.sha256) as path:
            return extract(path, file.filename)
    except FileNotFoundError:
        return ExtractionFailed(LOST)
    except Damaged:
        return ExtractionFailed(DAMAGED)
    except ExtractionFailed as failed:
        return failed


def store_text(version_id: int, outcome: Outcome) -> None:
    """Keep what was read, or why nothing was; safe to repeat."""
    version = session.get(Version, version_id, with_for_update={"of": Version})
    if version is None or version.text_state is not TextState.PENDING:
        return
    version.text_state, version.text_problem = _state(outcome)
    if isinstance(outcome, Extract):
        version.document_title = outcome.title[:1000]
        version.page_count = len(outcome.pages)
        _store_pages(version, outcome)
        if version.number == 1 and outcome.pages:
            first = outcome.pages[0]
            guessing.from_text(version.asset, outcome.title, f"{first.title} {first.text}")
        queue.enqueue("compare_version", version)
    if version.text_state is TextState.FAILED:
        notices.tell(version.created_by, _unreadable(version))
    for recall in recalls.untold_of(version):
        queue.enqueue("tell_recall", recall)
    audit.record(None, "version.read", version, {"text_state": version.text_state.value})
    indexing.changed(version.asset)


def _unreadable(version: Version) -> News:
    title = version.asset.title
    return News(
        NoticeKind.UNREADABLE,
        str(version.id),
        f"Version {version.number} of “{title}” could not be read: can others open it?",
        version.text_problem,
        f"/assets/{version.asset.slug}",
    )


def _state(outcome: Outcome) -> tuple[TextState, str]:
    if outcome is None:
        return TextState.NONE, ""
    if isinstance(outcome, ExtractionFailed):
        return TextState.FAILED, str(outcome) or "The text could not be read."
    return TextState.READY, ""


def _store_pages(version: Version, outcome: Extract) -> None:
    rows = [
        {
            "version_id": version.id,
            "number": page.number,
            "title": page.title,
            "text": page.text,
            "speaker_notes": page.speaker_notes,
            "fingerprint": fingerprint.of_page(page.title, page.text),
        }
        for page in outcome.pages
    ]
    if rows:
        session.execute(insert(Page), rows)
