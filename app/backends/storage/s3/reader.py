"""A file in S3 that is read by stream."""

from io import RawIOBase
from typing import Any

from app.backends.storage.s3.place import Place
from app.backends.storage.s3.problems import told


class S3Reader(RawIOBase):
    """What S3 sends, as a file; raises StoreFailed where it breaks off."""

    def __init__(self, body: Any, place: Place) -> None:
        self._body = body
        self._place = place

    def readable(self) -> bool:
        """It is for reading alone."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some more."""
        with told(self._place):
            data = self._body.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Let the connection go."""
        self._body.close()
        super().close()
