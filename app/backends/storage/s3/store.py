"""The store in S3, or in anything that speaks as S3 does: keys named by the SHA-256 of the file."""

import logging
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from botocore.exceptions import ClientError

from app.backends.storage import staging
from app.backends.storage.base import Damaged, Staged, Store, Stored, StoreFailed
from app.backends.storage.s3 import sweeping, transfer
from app.backends.storage.s3.clients import Clients
from app.backends.storage.s3.place import STAGING, Place, place_of
from app.backends.storage.s3.problems import ABSENT, code_of, told
from app.backends.storage.s3.reader import S3Reader
from app.backends.storage.s3.staged import S3Staged
from app.backends.storage.staging import HashedFile
from app.text.attachment import disposition

log = logging.getLogger(__name__)
PIECE = 1 << 20
MINUTES = 5


class S3Store:
    """Files below one prefix of one bucket."""

    def __init__(self, place: Place, folder: Path) -> None:
        self.name = place.name
        self._place = place
        self._folder = folder
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._clients = Clients(place)
        self._is_guarded: bool | None = None

    def stage(self) -> Staged:
        """Begin a file of this machine, which `seal` sends."""
        made = S3Staged(self._place, self._clients, self._folder)
        return cast(Staged, made)

    def keep(self, staged: Staged) -> Stored:
        """Make the parts that were sent an object; bytes that are there already stay."""
        sent = cast(S3Staged, staged)
        stored = sent.seal()
        with told(self._place):
            sent.finish(is_guarded=self._is_guarded is True)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        """Begin to download the file of this hash."""
        at = self._at(sha256)
        with told(self._place), _missing(sha256):
            body = self._clients.patient().get_object(**at)["Body"]
        return cast(BinaryIO, S3Reader(body, self._place))

    def local_path(self, sha256: str) -> Path | None:
        """None: S3 sends its files itself."""
        return None

    @contextmanager
    def as_file(self, sha256: str) -> Iterator[Path]:
        """A copy on this machine, for as long as it is needed; its hash has been compared."""
        copy = HashedFile(self.name, self._folder)
        try:
            with self.open(sha256) as source:
                while piece := source.read(PIECE):
                    copy.write(piece)
            if copy.so_far().sha256 != sha256:
                raise Damaged(sha256)
            yield copy.path()
        finally:
            copy.discard()

    def address(self, sha256: str, filename: str, media_type: str) -> str | None:
        """An address that S3 answers itself; looks first whether it will."""
        at, client = self._at(sha256), self._clients.patient()
        with told(self._place):
            if transfer.size_of(client, at) is None:
                raise FileNotFoundError(sha256)
            asked = {
                **at,
                "ResponseContentDisposition": disposition(filename),
                "ResponseContentType": media_type,
                "ResponseCacheControl": "private, no-cache",
            }
            made = client.generate_presigned_url("get_object", asked, ExpiresIn=MINUTES * 60)
        return str(made)

    def hashes(self) -> Iterator[str]:
        """The names of all files, as S3 lists them."""
        with told(self._place):
            yield from sweeping.hashes(self._clients.patient(), self._place)

    def sweep(self, older_than_seconds: float) -> int:
        """Remove old files of this machine, and old parts in S3."""
        here = staging.sweep(self._folder, older_than_seconds)
        with told(self._place):
            client = self._clients.patient()
            return here + sweeping.leftovers(client, self._place, older_than_seconds)

    def check(self) -> None:
        """Write and remove a small file here and there; the first time, try conditions too."""
        with tempfile.TemporaryFile(dir=self._folder) as file:
            file.write(b"quarterdeck")
        try:
            with told(self._place):
                self._write_and_remove()
        except StoreFailed as problem:
            raise OSError(str(problem)) from problem

    def _write_and_remove(self) -> None:
        client = self._clients.brief()
        self._require_bucket()
        at = {"Bucket": self._place.bucket, "Key": f"{self._place.root}{STAGING}{uuid.uuid4()}"}
        client.put_object(**at, Body=b"quarterdeck")
        if self._is_guarded is None:
            self._is_guarded = self._honours_conditions(at)
        client.delete_object(**at)

    def _require_bucket(self) -> None:
        """Some stores make a bucket of any name that is written to: a wrong one is none of ours."""
        try:
            self._clients.brief().head_bucket(Bucket=self._place.bucket)
        except ClientError as problem:
            # A HEAD does not say why it is refused; the writing that follows does.
            if code_of(problem) in ABSENT:
                told_as = {"Error": {"Code": "NoSuchBucket"}}
                raise ClientError(told_as, "HeadBucket") from problem

    def _honours_conditions(self, at: dict[str, str]) -> bool:
        """Whether this store refuses to write over what is there when it is asked to."""
        try:
            self._clients.brief().put_object(**at, Body=b"again", IfNoneMatch="*")
        except ClientError as problem:
            if code_of(problem) == "PreconditionFailed":
                return True
        log.info("%s ignores If-None-Match; the same bytes may be written twice", self.name)
        return False

    def _at(self, sha256: str) -> dict[str, str]:
        return {"Bucket": self._place.bucket, "Key": self._place.key(sha256)}


@contextmanager
def _missing(sha256: str) -> Iterator[None]:
    try:
        yield
    except ClientError as problem:
        if code_of(problem) in ABSENT:
            raise FileNotFoundError(sha256) from problem
        raise


def open_s3(url: str, root: Path) -> Store:
    """The store of `s3://<bucket>/<prefix>?…`; files on their way in wait below the root."""
    return S3Store(place_of(url, os.environ), root / "instance" / "uploads")
