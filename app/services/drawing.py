"""Drawing the pages of versions: what is still to be drawn, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import aliased

from app.backends.preview import registry as previews
from app.backends.preview.base import PageImage as Drawn
from app.backends.preview.base import RenderFailed
from app.backends.preview.parent import render, renderer_of
from app.backends.storage import registry
from app.backends.storage.base import Damaged
from app.choices import ImageState, TextState
from app.clock import now
from app.db import session
from app.models.page_image import PageImage
from app.models.version import Version
from app.queries import example
from app.services import storage
from app.services.reading import DAMAGED, LOST

Row = dict[str, object]
MOST_TRIES = 3
LONGEST, PAUSE, POLITE = timedelta(minutes=15), timedelta(minutes=1), timedelta(minutes=10)
GIVEN_UP = (
    "The pages of this file could not be drawn: it was tried several times. Upload a PDF of it."
)


@dataclass(frozen=True, slots=True)
class Undrawn:
    """A stored file whose pages nobody has drawn."""

    store: str
    sha256: str
    media_type: str


def next_one() -> int | None:
    """The id of a version whose pages are to be drawn now: current ones first, the newest first.

    None while new texts are to be read or the example company arrives, since being found comes
    before being seen.
    """
    lately = now() - POLITE
    unread = select(Version.id).where(
        Version.text_state == TextState.PENDING, Version.created_at > lately
    )
    arrival = example.arrival()
    if session.scalar(unread.limit(1)) is not None or (arrival and not arrival.is_whole):
        return None
    due = select(Version.id).where(
        Version.image_state == ImageState.PENDING,
        or_(Version.draw_after.is_(None), Version.draw_after <= now()),
    )
    return session.scalar(due.order_by(Version.is_current.desc(), Version.id.desc()).limit(1))


def claim(version_id: int) -> Undrawn | None:
    """Take it upon oneself to draw a version; none where it is done, or somebody else is at it.

    One that was begun often and never ended, since it takes the worker with it, is given up.
    """
    version = session.get(Version, version_id, with_for_update={"of": Version})
    if version is None or version.image_state is not ImageState.PENDING:
        return None
    if version.draw_after is not None and version.draw_after > now():
        return None
    if version.draw_tries >= MOST_TRIES:
        version.image_state, version.image_problem = ImageState.FAILED, GIVEN_UP
        return None
    version.draw_tries += 1
    version.draw_after = now() + LONGEST
    return Undrawn(version.store or "", version.sha256 or "", version.media_type)


def later(version_id: int) -> None:
    """Try again when the store answers; that says nothing of the file."""
    version = session.get(Version, version_id)
    if version is not None:
        version.draw_tries -= 1
        version.draw_after = now() + PAUSE


def drawn_before(version_id: int) -> bool:
    """Take over the images of another version with the same bytes; answers whether there is one."""
    version = session.get_one(Version, version_id)
    other = aliased(Version)
    twin = session.scalar(
        select(other)
        .where(
            other.sha256 == version.sha256,
            other.id != version.id,
            other.image_state == ImageState.READY,
        )
        .limit(1)
    )
    if twin is None or version.image_state is not ImageState.PENDING:
        return False
    _forget(version)
    columns = ("number", "store", "full", "thumbnail", "width", "height", "missing")
    theirs = select(PageImage).where(PageImage.version_id == twin.id)
    rows = [
        {"version_id": version.id, **{name: getattr(image, name) for name in columns}}
        for image in session.scalars(theirs)
    ]
    if rows:
        session.execute(insert(PageImage), rows)
    version.image_state = ImageState.READY
    return True


def images(file: Undrawn, folder: Path) -> Iterator[Drawn]:
    """The file's pages as they are drawn in a confined process, into the folder.

    Slow, and without a database. Raises RenderFailed with a sentence, after what could be drawn,
    and StoreFailed where the store does not answer just now: that says nothing of the file.
    """
    try:
        with registry.named(file.store).as_file(file.sha256) as path:
            yield from render(path, file.media_type, folder, previews.office())
    except FileNotFoundError:
        raise RenderFailed(LOST) from None
    except Damaged:
        raise RenderFailed(DAMAGED) from None


def is_drawable(file: Undrawn) -> bool:
    """Whether there are images of this kind of file."""
    return renderer_of(file.media_type, previews.office()) is not None


def again(version_id: int) -> None:
    """Have a version drawn once more, with all that have the same bytes: an image is lost."""
    version = session.get(Version, version_id)
    if version is not None:
        same = update(Version).where(
            Version.sha256 == version.sha256, Version.image_state == ImageState.READY
        )
        session.execute(same.values(image_state=ImageState.PENDING, draw_tries=0, draw_after=None))


def begin(version_id: int) -> None:
    """Forget what a drawing that was cut off has left."""
    _forget(session.get_one(Version, version_id))


def keep(version_id: int, rows: Sequence[Row]) -> None:
    """Note some images of a version."""
    if rows and session.get(Version, version_id) is not None:
        session.execute(insert(PageImage), [{"version_id": version_id, **row} for row in rows])


def end(version_id: int, state: ImageState, problem: str = "") -> None:
    """Note how the drawing ended."""
    version = session.get(Version, version_id, with_for_update={"of": Version})
    if version is not None and version.image_state is ImageState.PENDING:
        version.image_state, version.image_problem = state, problem


def stored(images: Sequence[Drawn]) -> list[Row]:
    """Put some images into the store: just before their rows, so that none lies there unclaimed."""
    return [_stored(image) for image in images]


def _stored(image: Drawn) -> Row:
    full, thumbnail = (storage.keep_path(path) for path in (image.full, image.thumbnail))
    return {
        "number": image.number,
        "store": full.store,
        "full": full.sha256,
        "thumbnail": thumbnail.sha256,
        "width": image.width,
        "height": image.height,
        "missing": image.missing,
    }


def _forget(version: Version) -> None:
    session.execute(delete(PageImage).where(PageImage.version_id == version.id))
