"""Turns a file into images of its pages: starts the confined child and keeps what it sends."""

from collections.abc import Iterator
from pathlib import Path

from . import media
from .base import (
    DAMAGED,
    NO_IMAGES,
    TOO_LARGE,
    Bounds,
    PageImage,
    RenderFailed,
)
from .drawing import Drawing, Killed
from .media import renderer_of
from .office import converted

__all__ = ["Bounds", "PageImage", "RenderFailed", "render", "renderer_of"]

_LONGEST_SENTENCE = 500


def render(
    file: Path, media_type: str, folder: Path, office: str = "builtin", bounds: Bounds | None = None
) -> Iterator[PageImage]:
    """Each page as soon as it is drawn, in order, its images being files in `folder`.

    Raises RenderFailed at once or after some pages, which stay good.
    """
    bounds = bounds or Bounds()
    renderer = renderer_of(media_type, office)
    if renderer is None:
        raise RenderFailed(NO_IMAGES, media_type)
    if renderer != media.LIBREOFFICE:
        yield from _pages(file, renderer, folder, bounds)
        return
    with converted(file, media_type, bounds.conversion_seconds) as pdf:
        yield from _pages(pdf, "pdf", folder, bounds)


def _pages(file: Path, renderer: str, folder: Path, bounds: Bounds) -> Iterator[PageImage]:
    drawn = 0
    try:
        for page in _drawn(file, renderer, folder, bounds, 1):
            drawn = page.number
            yield page
    except Killed:
        # From outside, by whoever; that says nothing about the file, so once more, from there.
        yield from _drawn(file, renderer, folder, bounds, drawn + 1)


def _drawn(
    file: Path, renderer: str, folder: Path, bounds: Bounds, first: int
) -> Iterator[PageImage]:
    """The pages that one child draws."""
    with file.open("rb") as opened, Drawing(opened, renderer, bounds, first) as drawing:
        for number in range(first, bounds.most_pages + 2):
            words = drawing.words()
            if "refused" in words:
                raise RenderFailed(str(words["refused"]), str(words.get("detail", "")))
            if "done" in words:
                return
            if number > bounds.most_pages:
                raise RenderFailed(TOO_LARGE, "more pages than were asked for")
            yield _kept(drawing, words, number, folder)


def _kept(drawing: Drawing, words: dict[str, object], number: int, folder: Path) -> PageImage:
    """Write a page's two images; what the child says of them is believed only so far."""
    full, thumbnail = folder / f"{number}.webp", folder / f"{number}-small.webp"
    full.write_bytes(drawing.image(words.get("full")))
    thumbnail.write_bytes(drawing.image(words.get("thumbnail")))
    width, height = words.get("width"), words.get("height")
    if not isinstance(width, int) or not isinstance(height, int):
        raise RenderFailed(DAMAGED, "a page without a size")
    missing = str(words.get("missing", ""))[:_LONGEST_SENTENCE]
    return PageImage(number, full, thumbnail, width, height, missing)
