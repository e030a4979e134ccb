"""Small files of every kind that can be drawn, and a way to draw them."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.backends.preview.parent import Bounds, PageImage, RenderFailed, render
from tests.factories import noise

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Drawing = Callable[..., Iterator[PageImage]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the images go."""
    made = tmp_path / "images"
    made.mkdir()
    return made


@pytest.fixture
def draw(tmp_path: Path, folder: Path) -> Drawing:
    """Draws some bytes of a media type."""

    def drawing(
        data: bytes, media_type: str = PDF, bounds: Bounds | None = None, office: str = "builtin"
    ) -> Iterator[PageImage]:
        file = tmp_path / "upload"
        file.write_bytes(data)
        return render(file, media_type, folder, office, bounds)

    return drawing


@pytest.fixture
def reason(draw: Drawing) -> Callable[..., str]:
    """Why some bytes cannot be drawn to their end."""

    def asking(data: bytes, media_type: str = PDF, bounds: Bounds | None = None) -> str:
        with pytest.raises(RenderFailed) as failure:
            list(draw(data, media_type, bounds))
        return str(failure.value)

    return asking


def a_pdf(*sizes: tuple[float, float], picture: bool = False, encrypt: str | None = None) -> bytes:
    """A PDF with a page of each size in points; with a picture its images take some space."""
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=encrypt)
    grain = ImageReader(Image.frombytes("RGB", (400, 400), noise(480_000)))
    for width, height in sizes:
        canvas.setPageSize((width, height))
        canvas.drawString(20, height / 2, "What it costs")
        if picture:
            canvas.drawImage(grain, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def a_picture(
    size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **saved: object
) -> bytes:
    """A picture of one colour, or see-through where its mode allows it."""
    held = io.BytesIO()
    Image.new(mode, size).save(held, kind, **saved)
    return held.getvalue()


def children() -> list[int]:
    """The processes that this one has started and not yet ended."""
    found: list[str] = []
    for place in Path(f"/proc/{os.getpid()}/task").iterdir():
        found += (place / "children").read_text().split()
    return [int(pid) for pid in found if "preview/child.py" in _command(pid)]


def _command(pid: str) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()
