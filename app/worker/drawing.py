"""Drawing the pages of versions, one after the other, some rows at a time."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from app.backends.preview.base import PageImage, RenderFailed
from app.backends.storage.base import StoreFailed
from app.choices import ImageState
from app.db import session, transaction
from app.services import drawing
from app.services.drawing import Undrawn

log = logging.getLogger(__name__)
AT_ONCE = 20
PAUSE = 1.0


def start() -> None:
    """Draw beside the tasks, a version at a time, so that no upload waits behind drawings."""
    threading.Thread(target=_run, daemon=True, name="drawing").start()


def _run() -> None:
    while True:
        try:
            is_done = draw_next()
        except Exception:
            log.exception("drawing failed; it is tried again later")
            is_done = False
        if not is_done:
            time.sleep(PAUSE)


def draw_next() -> bool:
    """Draw the version whose turn it is; answers whether there was one."""
    try:
        version_id = drawing.next_one()
        session.rollback()
        if version_id is None:
            return False
        with transaction():
            file = drawing.claim(version_id)
        if file is not None:
            _draw(version_id, file)
        return True
    finally:
        session.remove()


def _draw(version_id: int, file: Undrawn) -> None:
    if not drawing.is_drawable(file):
        _end(version_id, ImageState.NONE)
        return
    with transaction():
        if drawing.drawn_before(version_id):
            return
        drawing.begin(version_id)
    try:
        with TemporaryDirectory(prefix="quarterdeck-pages-") as folder:
            for some in _some_at_a_time(drawing.images(file, Path(folder))):
                rows = drawing.stored(some)
                with transaction():
                    drawing.keep(version_id, rows)
    except RenderFailed as failed:
        log.info("version %s could not be drawn: %s", version_id, failed.detail)
        _end(version_id, ImageState.FAILED, str(failed))
    except StoreFailed as problem:
        log.warning("version %s could not be drawn yet: %s", version_id, problem)
        with transaction():
            drawing.later(version_id)
    else:
        _end(version_id, ImageState.READY)


def _end(version_id: int, state: ImageState, problem: str = "") -> None:
    with transaction():
        drawing.end(version_id, state, problem)


def _some_at_a_time(images: Iterable[PageImage]) -> Iterator[list[PageImage]]:
    """Images in batches; what there is when drawing fails is given before it says so."""
    batch: list[PageImage] = []
    try:
        for image in images:
            batch.append(image)
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
    except RenderFailed:
        yield batch
        raise
    yield batch
