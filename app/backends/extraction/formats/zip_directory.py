"""Looks at a zip's list of entries before anything loads it; also used where uploads arrive."""

import io
import struct
from typing import BinaryIO

from .document import DAMAGED, TOO_LARGE, Refused

MOST_ENTRIES = 20_000
MOST_DIRECTORY = 8_000_000


def check_directory(file: BinaryIO) -> None:
    """Refuse a zip whose list of entries alone would fill the memory, before it is loaded."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Refused(DAMAGED)
    entries, length = struct.unpack_from("<HL", tail, at + 10)
    far = tail.rfind(b"PK\x06\x06", 0, at)
    if 0xFFFF in (entries, length & 0xFFFF) and far >= 0 and len(tail) >= far + 48:
        entries, length = struct.unpack_from("<QQ", tail, far + 32)
    if entries > MOST_ENTRIES or length > MOST_DIRECTORY:
        raise Refused(TOO_LARGE)
    file.seek(0)
