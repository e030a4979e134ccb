"""Stub."""

from collections.abc import Iterator
from pathlib import Path

from app.backends.preview.base import PageImage


def renderer_of(media_type: str, office: str) -> str | None:
    """Stub."""
    return None


def render(file: Path, media_type: str, folder: Path, office: str) -> Iterator[PageImage]:
    """Stub."""
    yield from ()
