"""What a preview is: images of pages, what they may cost, and why there are none."""

from dataclasses import dataclass, field
from pathlib import Path

from ..extraction.confinement import Limits

# A slide fills the width; a page on A4 has 154 dots an inch. Time and bytes grow with the area.
WIDEST, HIGHEST = 1_600, 1_800
THUMBNAIL = (320, 480)

LOCKED = (
    "This file is protected with a password, so its pages cannot be drawn. "
    "Save a copy without the password and upload that."
)
DAMAGED = (
    "This file could not be drawn. "
    "Open it in the program that made it, save it again or as PDF, and upload that."
)
DAMAGED_PAGE = "This page is damaged and could not be drawn."
NO_PAGES = "This file has no pages, so there is nothing to draw."
NO_IMAGES = "Files of this kind have no pages to draw."
TOO_LARGE = (
    "This file holds more than can be drawn here. "
    "Split it into smaller files, or make its pictures smaller, and upload those."
)
TOO_SLOW = (
    "The pages of this file took too long to draw. Split it into smaller files and upload those."
)


def too_many(most_pages: int) -> str:
    """The sentence for a file of which only the first pages are drawn."""
    return (
        f"Only the first {most_pages:,} pages of this file were drawn. "
        "Split it into smaller files to see them all."
    )


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as WebP in two sizes; width and height are those of `full`, in pixels.

    `missing` says in a sentence what the page may lack, and is "" where all was drawn.
    """

    number: int
    full: Path
    thumbnail: Path
    width: int
    height: int
    missing: str


class RenderFailed(Exception):
    """The message is a sentence for a person; `detail` is for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost: seconds of waiting, pages, bytes of one image and of all.

    A gigabyte is for pictures: what is drawn of pages seldom takes a quarter of it.
    """

    seconds: float = 300
    conversion_seconds: float = 120
    most_pages: int = 2_000
    most_image: int = 8 * 1024 * 1024
    most_output: int = 1024 * 1024 * 1024
    limits: Limits = field(default_factory=lambda: Limits(1024 * 1024 * 1024, 180))
