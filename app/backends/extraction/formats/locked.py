"""Office files encrypted as a whole: there is nothing to read without the password."""

from typing import BinaryIO

from .document import LOCKED, Document, Refused


def read(file: BinaryIO, document: Document) -> None:  # noqa: ARG001 - the shape of every reader
    """Refuse, and say what would help."""
    raise Refused(LOCKED)
