"""Drawing the pages of a version, some rows at a time."""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from app.backends.preview.base import PageImage, RenderFailed
from app.backends.storage.base import StoreFailed
from app.choices import ImageState
from app.db import session, transaction
from app.services import drawing
from app.services.drawing import Undrawn
from app.worker.once import once

log = logging.getLogger(__name__)
AT_ONCE = 20


def draw_version(version_id: int) -> None:
    """Draw the pages of a version: slow, so outside any transaction but for a few rows each."""
    with once("draw", version_id) as is_mine:
        file = drawing.pending(version_id) if is_mine else None
        session.rollback()
        if file is not None:
            _draw(version_id, file)


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
