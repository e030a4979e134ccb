"""Pictures: one page, upright, on white, no larger than it is."""

import contextlib
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from ..base import DAMAGED, HIGHEST, TOO_LARGE, WIDEST
from .sheet import Asked, Refused, Sheet

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_MOST_PIXELS = 100_000_000
_ORIENTATION, _FIRST_LYING = 0x0112, 5
_WITH_ALPHA = ("RGBA", "LA", "PA")

# Everything that Pillow would import later, when it cannot any more.
Image.init()
# The bound below comes after JPEG's own way of reading a large picture small.
Image.MAX_IMAGE_PIXELS = None


def draw(file: BinaryIO, asked: Asked) -> Iterator[Sheet]:
    """The picture, or its first frame."""
    if asked.first == 1:
        yield Sheet(_on_white(_fitted(_open(file))))


def _open(file: BinaryIO) -> Image.Image:
    try:
        return Image.open(file, formats=_FORMATS)
    except (UnidentifiedImageError, SyntaxError) as error:
        raise Refused(DAMAGED) from error


def _fitted(image: Image.Image) -> Image.Image:
    """The picture made small and put upright, as its camera noted."""
    orientation = _orientation(image)
    is_lying = orientation >= _FIRST_LYING
    box = (HIGHEST, WIDEST) if is_lying else (WIDEST, HIGHEST)
    image.draft(None, box)
    if image.width * image.height > _MOST_PIXELS:
        raise Refused(TOO_LARGE)
    if image.mode not in ("RGB", "L", *_WITH_ALPHA):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail(box, reducing_gap=2.0)
    return ImageOps.exif_transpose(image) if orientation > 1 else image


def _orientation(image: Image.Image) -> int:
    """How the camera was held, 1 being upright; a note that cannot be read costs nothing."""
    with contextlib.suppress(Exception):
        return int(image.getexif().get(_ORIENTATION, 1))
    return 1


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in _WITH_ALPHA:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen)
    return white
