"""A file on its way into S3: written and hashed here, then sent in parts."""

from pathlib import Path

from app.backends.storage.base import Stored
from app.backends.storage.s3 import transfer
from app.backends.storage.s3.clients import Clients
from app.backends.storage.s3.place import Place
from app.backends.storage.s3.problems import told
from app.backends.storage.s3.transfer import Upload
from app.backends.storage.staging import HashedFile, as_failed


class S3Staged(HashedFile):
    """A file of this machine whose parts lie in S3 once it is sealed."""

    def __init__(self, place: Place, clients: Clients, folder: Path) -> None:
        super().__init__(place.name, folder)
        self._place = place
        self._clients = clients
        self._upload: Upload | None = None
        self._is_sent = False
        self._is_new = True

    def seal(self) -> Stored:
        """Send everything, unless S3 has these bytes."""
        stored = self.so_far()
        if not self._is_sent:
            try:
                with told(self._place):
                    self._send(stored)
            except OSError as problem:
                raise as_failed(problem) from problem
            self._is_sent = True
        return stored

    def finish(self, *, is_guarded: bool) -> None:
        """Make what was sent a file of the store; a file that was cut short is written over."""
        is_guarded = is_guarded and self._is_new
        client = self._clients.brief()
        if self._upload and transfer.finish(client, self._upload, is_guarded=is_guarded):
            self._upload = None

    def discard(self) -> None:
        """Remove the file here, and what was sent of it and not kept."""
        super().discard()
        self._give_up()

    def _send(self, stored: Stored) -> None:
        client = self._clients.patient()
        at = {"Bucket": self._place.bucket, "Key": self._place.key(stored.sha256)}
        size = transfer.size_of(client, at)
        if size == stored.size:
            return
        self._is_new = size is None
        self._upload = transfer.begin(client, at, stored)
        try:
            transfer.send(client, self._upload, self.path())
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        upload, self._upload = self._upload, None
        if upload:
            transfer.give_up(self._clients.brief(), upload)
