"""Small files of every kind, made where they are used, and a way to read them."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.backends.extraction.parent import Bounds, Extract, ExtractionFailed, extract

Reading = Callable[..., Extract]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    """Extract the text of some bytes under a file name."""

    def reading(data: bytes, filename: str, bounds: Bounds | None = None) -> Extract | None:
        file = tmp_path / "upload"
        file.write_bytes(data)
        return extract(file, filename, bounds)

    return reading


@pytest.fixture
def reason(read: Reading) -> Callable[..., str]:
    """Why the text of some bytes cannot be had."""

    def asking(data: bytes, filename: str, bounds: Bounds | None = None) -> str:
        with pytest.raises(ExtractionFailed) as failure:
            read(data, filename, bounds)
        return str(failure.value)

    return asking


@pytest.fixture
def zipped() -> Callable[[dict[str, str | bytes]], bytes]:
    """Makes a zip of some parts."""
    return _zipped


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Makes a Word file of a body in XML."""
    return _word


@pytest.fixture
def compound() -> Callable[[dict[str, bytes]], bytes]:
    """Makes a compound file (OLE) of at most three streams."""
    return _compound


def _zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def _word(body: str, *, before: str = "", namespace: str = WORD, **parts: str) -> bytes:
    """A Word file whose main part has this body, and `before` ahead of its root."""
    document = f'{before}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    return _zipped({"[Content_Types].xml": _TYPES, "word/document.xml": document, **parts})


def _compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE) with these streams at its top, each padded to 4,096 bytes."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors, table, starts = b"", [0xFFFFFFFD, 0xFFFFFFFE], []
    for data in padded.values():
        data = data.ljust(-(-len(data) // 512) * 512, b"\0")
        starts.append(len(table))
        table += [len(table) + 1 + step for step in range(len(data) // 512 - 1)] + [0xFFFFFFFE]
        sectors += data
    lines = [_entry("Root Entry", 5, child=1 if padded else 0xFFFFFFFF, start=0xFFFFFFFE, size=0)]
    for number, (name, data) in enumerate(padded.items()):
        right = number + 2 if number + 1 < len(padded) else 0xFFFFFFFF
        lines.append(_entry(name, 2, right=right, start=starts[number], size=len(data)))
    assert len(lines) <= 4
    assert len(table) <= 128
    directory = b"".join(lines).ljust(512, b"\0")
    numbers = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return _header() + numbers + directory + sectors


def _header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    start += struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                         0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    return start + struct.pack("<108I", *[0xFFFFFFFF] * 108)


def _entry(
    name: str, kind: int, *, start: int, size: int, right: int = 0xFFFFFFFF,
    child: int = 0xFFFFFFFF,
) -> bytes:  # fmt: skip
    text = name.encode("utf-16-le") + b"\0\0"
    line = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right,
                                               child)  # fmt: skip
    return line.ljust(116, b"\0") + struct.pack("<IQ", start, size)
