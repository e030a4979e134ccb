"""Stub."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PageImage:
    """Stub."""

    number: int
    full: Path
    thumbnail: Path
    width: int
    height: int
    missing: str


class RenderFailed(Exception):
    """Stub."""

    detail = ""
