"""Which media types can be drawn, and by what."""

import functools
import shutil

from app.backends.extraction import media

LIBREOFFICE = "libreoffice"
IMAGES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})

# What LibreOffice is given as the ending of the name, by what reads the text of the file.
CONVERTED = {reader: reader for reader in ("pptx", "docx", "odp", "odt", "ppt", "doc", "rtf")}


def renderer_of(media_type: str, office: str) -> str | None:
    """What draws files of a media type, None where they have no images.

    `office` is the setting: without LibreOffice on this machine its files are drawn as with
    "builtin", or not at all.
    """
    reader = media.reader_of(media_type)
    if media_type in IMAGES:
        return "image"
    if reader in CONVERTED and office == LIBREOFFICE and soffice():
        return LIBREOFFICE
    return reader if reader in ("pdf", "pptx", "docx") else None


def presents(media_type: str) -> bool:
    """Whether a file is made of slides."""
    return media.reader_of(media_type) in ("pptx", "ppt", "odp")


@functools.cache
def soffice() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return shutil.which("soffice")
