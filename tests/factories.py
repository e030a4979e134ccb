"""Things to test with, made by the same verbs that people use."""

import io
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from docx import Document
from pptx import Presentation

from app.backends.search import registry as searching
from app.backends.storage import registry
from app.choices import Origin, SearchSource
from app.clock import now
from app.db import session, transaction
from app.inputs.asset import NewAsset, NewVersion, Retirement
from app.inputs.deal import DealChange
from app.inputs.feedback import NewFeedback
from app.inputs.field_review import NewFieldReview
from app.inputs.search import NewSavedSearch
from app.inputs.use import NewUse
from app.models import (
    Asset,
    Deal,
    Feedback,
    FieldReview,
    SavedSearch,
    SearchQuery,
    Use,
    User,
    Version,
)
from app.queries import assets as questions
from app.queries import duplicates
from app.services import (
    activity,
    assets,
    deals,
    feedback,
    field_reviews,
    publishing,
    reading,
    retirement,
    saved_searches,
    search_log,
    storage,
    uses,
)
from app.services.search_log import Searched
from app.services.storage import NewFile
from app.worker.comparing import compare_version
from app.worker.drawing import draw_next
from app.worker.follow import step
from app.worker.reconcile import popular_searches, the_searches, the_tallies
from app.worker.tasks import read_version


def a_file(content: bytes | str = "Some words.", name: str = "notes.txt") -> NewFile:
    """A file that was received."""
    staged = registry.current().stage()
    staged.write(content.encode() if isinstance(content, str) else content)
    return storage.received(staged, name)


def an_asset(actor: User, title: str = "Acme deck", /, **said: Any) -> Asset:
    """An asset with a text file that holds `text`; published unless `publish=False`."""
    text = said.pop("text", f"Words about {title}.")
    file = said.pop("file", None) or a_file(text, said.pop("name", "notes.txt"))
    new = NewAsset(**{"title": title, "publish": True, "allow_duplicate": True, **said})
    with transaction():
        return assets.create(actor, new, file)


def a_draft(actor: User, title: str = "Coming soon", /, **said: Any) -> Asset:
    """An asset that nobody published yet."""
    return an_asset(actor, title, publish=False, **said)


def a_version(actor: User, asset: Asset, text: str = "Newer words.", **said: Any) -> Version:
    """One more version of an asset, of a text file unless a file is given."""
    file = said.pop("file", None) or a_file(text)
    new = NewVersion(**{"change_note": "Newer figures", **said})
    with transaction():
        return publishing.add_version(actor, questions.get(actor, asset.id), new, file)


def a_download(actor: User, asset: Asset) -> None:
    """A download of the current version, noted as the page notes it."""
    with transaction():
        version = questions.get(actor, asset.id).current_version
        assert version is not None
        activity.downloaded(actor, version)


def a_field_review(actor: User, asset: Asset, *names: str, **said: Any) -> FieldReview:
    """Somebody of the cast asked to look at the version of an asset that waits."""
    reviewers = [f"{name}@example.com" for name in names]
    with transaction():
        new = NewFieldReview(reviewers=reviewers, **said)
        return field_reviews.ask(actor, questions.get(actor, asset.id), new)


def a_retired_asset(actor: User, title: str = "Old deck", /, **said: Any) -> Asset:
    """An asset that was published and retired."""
    replaced_by = said.pop("replaced_by", None)
    asset = an_asset(actor, title, **said)
    asked = Retirement(reason="It is wrong", replaced_by=replaced_by)
    with transaction():
        return retirement.retire(actor, questions.get(actor, asset.id), asked)


def elsewhere(work: Callable[[], object]) -> None:
    """Do something as another process would: in a thread with a session of its own."""
    session.rollback()
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()
    session.expire_all()


def read_all() -> None:
    """Read every version's text, as the worker would."""
    for version_id in reading.unread(1000):
        elsewhere(lambda version_id=version_id: read_version(version_id))


def draw_all() -> None:
    """Draw every version's pages, as the worker would."""
    elsewhere(lambda: any(not draw_next() for _ in range(1000)))


def compare_all() -> None:
    """Compare every version's pages, as the worker would."""
    for version_id in duplicates.uncompared(1000):
        elsewhere(lambda version_id=version_id: compare_version(version_id))


def follow() -> None:
    """Bring the index up to date."""
    while step(searching.engine()) == 0.0:
        pass


def index_all() -> None:
    """Bring the index up to date, as the follower would."""
    elsewhere(follow)


def count_all() -> None:
    """Count views, uses and open deals, as the worker would."""
    elsewhere(the_tallies)


def settle() -> None:
    """Read, compare and index everything."""
    read_all()
    compare_all()
    index_all()


@lru_cache
def a_deck(*slides: str, notes: str = "") -> bytes:
    """A real pptx with a title and a body for each `title: body`."""
    deck = Presentation()
    for slide in slides:
        title, _, body = slide.partition(": ")
        page = deck.slides.add_slide(deck.slide_layouts[1])
        page.shapes.title.text = title
        page.placeholders[1].text = body
        if notes:
            page.notes_slide.notes_text_frame.text = notes
    return _saved(deck)


@lru_cache
def a_document(*paragraphs: str) -> bytes:
    """A real docx."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def _saved(made: Any) -> bytes:
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def noise(size: int) -> bytes:
    """Bytes that do not repeat, the same every time."""
    made, block = bytearray(), b"quarterdeck"
    while len(made) < size:
        block = zlib.crc32(block).to_bytes(4, "big") + block[:60]
        made += block
    return bytes(made[:size])


def a_deal(actor: User, external_id: str = "ACME-1", /, **said: Any) -> Deal:
    """A deal of somebody, in the stage `interest` since ten days unless told."""
    step = {"stage": "interest", "entered_at": days_ago(10)}
    new = DealChange(**{"name": f"Deal {external_id}", "stage_history": [step], **said})
    with transaction():
        return deals.put(actor, external_id, new)[0]


def a_use(actor: User, deal: Deal, asset: Asset, how: str = "presented", **said: Any) -> Use:
    """A use of an asset on a deal."""
    new = NewUse(**{"asset": asset.id, "how": how, **said})
    with transaction():
        return uses.log_use(actor, deal, new, Origin.API)[0]


def some_feedback(actor: User, asset: Asset, **said: Any) -> Feedback:
    """Feedback on the current version of an asset."""
    new = {"assets": [{"id": asset.id}], "verdict": "wrong", "note": "The price is wrong", **said}
    with transaction():
        return feedback.give(actor, NewFeedback.model_validate(new))


def days_ago(days: float) -> datetime:
    """A moment in the past."""
    return now() - timedelta(days=days)


def judge_all() -> None:
    """Let a worker judge what was searched and count what is searched often."""
    elsewhere(the_searches)
    elsewhere(popular_searches)


def a_search(actor: User, text: str = "walrus", **said: Any) -> int:
    """A search as it is noted; `at` is when it was made."""
    at = said.pop("at", None)
    given = {"filters": {}, "source": SearchSource.PAGE, "deal_id": None, "total": 0, **said}
    with transaction():
        number = search_log.note(actor, Searched(text=text, **given))
        if at is not None:
            session.get_one(SearchQuery, number).at = at
    return number


def a_click(actor: User, number: int, asset: Asset, position: int = 1) -> None:
    """A hit of a search that was opened."""
    with transaction():
        search_log.click(actor, number, asset, position=position)


def a_saved_search(actor: User, q: str = "walrus", **said: Any) -> SavedSearch:
    """A search that somebody keeps."""
    with transaction():
        return saved_searches.save(actor, NewSavedSearch(**{"name": q, "q": q, **said}))
