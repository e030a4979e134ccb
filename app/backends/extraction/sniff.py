"""Tells what a file is by its content; the name only parts kinds of text from each other."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

import filetype

from . import media
from .compound import SIGNATURE, BadCompound, Compound
from .formats.document import Refused
from .formats.zip_directory import check_directory

_START = 8_192
_LIST_SIZE = 4_000_000
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_SVG = re.compile(rb"<svg[\s>]|<!doctype\s+svg", re.IGNORECASE)
_TEXT_CONTROLS = frozenset(b"\t\n\x0b\x0c\r\x1b\x1a")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(file: Path | BinaryIO, filename: str) -> str:
    """The media type; `application/octet-stream` for what is not known. Never raises for content.

    An open file must be seekable and is left at its start.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return sniff(opened, filename)
    try:
        return _by_content(file, filename)
    finally:
        file.seek(0)


def _by_content(file: BinaryIO, filename: str) -> str:
    file.seek(0)
    start = file.read(_START)
    if start.startswith(SIGNATURE):
        return _in_compound(file, filename)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(file, filename)
    if b"%PDF-" in start[:1_024]:
        return media.PDF.media_type
    if start.lstrip().startswith(b"{\\rtf"):
        return media.RTF.media_type
    guess = filetype.guess_mime(start) if start else None
    if guess and not _looks_like_text(start):
        return str(guess)
    return _in_text(start, filename)


def _in_text(start: bytes, filename: str) -> str:
    if not _looks_like_text(start):
        return media.UNKNOWN
    plain = start.replace(b"\0", b"")
    if _SVG.search(plain[:2_048]) and not _HTML.search(plain[:2_048]):
        return media.SVG.media_type
    claimed = media.by_name(filename)
    if claimed and (claimed is media.PDF or claimed in media.TEXTS):
        return claimed.media_type
    if claimed is media.HTML or _HTML.search(plain):
        return media.HTML.media_type
    return media.TEXT.media_type


def _looks_like_text(start: bytes) -> bool:
    """No control characters to speak of; zeros only where UTF-16 puts them."""
    if start.startswith(_MARKS):
        return True
    zeros = start.count(0)
    if zeros and max(start[::2].count(0), start[1::2].count(0)) < len(start) * 0.4:
        return False
    if zeros and min(start[::2].count(0), start[1::2].count(0)) > len(start) * 0.05:
        return False
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in start) - zeros
    return controls <= len(start) / 200


def _in_compound(file: BinaryIO, filename: str) -> str:
    try:
        names = Compound(file).names
    except (BadCompound, struct.error, MemoryError):
        names = set()
    for wanted, kind in (
        ("EncryptedPackage", media.ENCRYPTED),
        ("WordDocument", media.DOC),
        ("PowerPoint Document", media.PPT),
        ("Workbook", media.XLS),
        ("Book", media.XLS),
    ):
        if wanted.lower() in {name.lower() for name in names}:
            return kind.media_type
    claimed = media.by_name(filename)
    broken = not names and claimed in (media.DOC, media.XLS, media.PPT)
    return claimed.media_type if broken and claimed else media.OLE.media_type


def _in_zip(file: BinaryIO, filename: str) -> str:
    try:
        check_directory(file)
        with zipfile.ZipFile(file) as package:
            return _in_package(package)
    except (Refused, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError,
            NotImplementedError, RuntimeError, ValueError, KeyError, MemoryError):  # fmt: skip
        # A broken office file stays what it says it is, so that its reader can say what is wrong.
        claimed = media.by_name(filename)
        return claimed.media_type if claimed and claimed.reader else media.ZIP.media_type


def _in_package(package: zipfile.ZipFile) -> str:
    listed = {each.replace("\\", "/").lower(): each for each in package.namelist()}
    if "mimetype" in listed:
        told = _text(package, listed["mimetype"]).strip()
        if told in media.BY_MEDIA_TYPE:
            return told
    if "[content_types].xml" in listed:
        types = _text(package, listed["[content_types].xml"])
        for told, kind in media.MAIN_PARTS.items():
            if told in types:
                return kind.media_type
    return _by_parts(set(listed))


def _by_parts(names: set[str]) -> str:
    for part, kind in (
        ("ppt/presentation.xml", media.PPTX),
        ("word/document.xml", media.DOCX),
        ("xl/workbook.xml", media.XLSX),
        ("xl/workbook.bin", media.XLSB),
    ):
        if part in names:
            return kind.media_type
    return media.ZIP.media_type


def _text(package: zipfile.ZipFile, name: str) -> str:
    """The start of a part as text; a list of types may be UTF-16 as any XML."""
    with package.open(name) as part:
        data = io.BytesIO(part.read(_LIST_SIZE)).getvalue()
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8", "replace")
