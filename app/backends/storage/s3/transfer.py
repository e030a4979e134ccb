"""Bringing a file into a bucket: parts first, which nobody sees, then the object at one stroke."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from s3transfer.utils import ReadFileChunk

from app.backends.storage.base import Stored, StoreFailed
from app.backends.storage.s3.problems import ABSENT, FAULTS, code_of, status_of

PART = 16 * 1024 * 1024
MOST_PARTS = 10_000
CUT_SHORT = "S3 has not kept the whole file. Send it again, and look at the log of S3."
OPAQUE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """Parts that lie in S3 and are no object yet."""

    at: dict[str, str]
    stored: Stored
    etags: list[str] = field(default_factory=list)


def size_of(client: Any, at: dict[str, str]) -> int | None:
    """How large an object is, or None where there is none."""
    try:
        return int(client.head_object(**at)["ContentLength"])
    except ClientError as problem:
        if code_of(problem) in ABSENT:
            return None
        raise


def begin(client: Any, at: dict[str, str], stored: Stored) -> Upload:
    """Announce a file to S3, which then takes its parts."""
    said = client.create_multipart_upload(
        **at, ContentType=OPAQUE, Metadata={"sha256": stored.sha256}
    )
    return Upload({**at, "UploadId": said["UploadId"]}, stored)


def send(client: Any, upload: Upload, path: Path) -> None:
    """Send all parts, each read from the disk as it goes."""
    size = upload.stored.size
    length = max(PART, -(-size // MOST_PARTS))
    for number, start in enumerate(range(0, max(size, 1), length), start=1):
        with ReadFileChunk.from_filename(str(path), start, length) as part:
            said = client.upload_part(**upload.at, PartNumber=number, Body=part)
        upload.etags.append(said["ETag"])


def finish(client: Any, upload: Upload, *, is_guarded: bool) -> bool:
    """Make the parts an object; answers whether they were used up.

    Where somebody else had stored the same bytes first, or an earlier attempt did it and its
    answer was lost, that is as good: what counts is that the whole file is there.
    """
    at = {name: value for name, value in upload.at.items() if name != "UploadId"}
    refused = None
    try:
        _complete(client, upload, is_guarded=is_guarded)
    except ClientError as problem:
        refused = problem
    if size_of(client, at) != upload.stored.size:
        raise refused or StoreFailed(CUT_SHORT)
    return refused is None


def _complete(client: Any, upload: Upload, *, is_guarded: bool) -> None:
    parts = [{"PartNumber": n, "ETag": etag} for n, etag in enumerate(upload.etags, start=1)]
    guard = {"IfNoneMatch": "*"} if is_guarded else {}
    try:
        client.complete_multipart_upload(**upload.at, **guard, MultipartUpload={"Parts": parts})
    except ClientError as problem:
        # A store may know the condition for single files and not here.
        if not is_guarded or status_of(problem) not in (400, 501):
            raise
        _complete(client, upload, is_guarded=False)


def give_up(client: Any, upload: Upload) -> None:
    """Let S3 forget the parts; where it cannot be told, the sweep does it later."""
    with suppress(*FAULTS):
        client.abort_multipart_upload(**upload.at)
