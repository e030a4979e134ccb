"""Looking through a bucket: what lies there, and what was begun and never ended."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from app.backends.storage.s3.place import STAGING, Place
from app.backends.storage.s3.problems import status_of

AT_ONCE = 1000
NOT_KNOWN = (400, 405, 501)


def hashes(client: Any, place: Place) -> Iterator[str]:
    """The hashes of all files, a page of keys at a time."""
    for item in _listed(client, place.bucket, place.root):
        if sha256 := place.sha256(item["Key"]):
            yield sha256


def leftovers(client: Any, place: Place, older_than_seconds: float) -> int:
    """Remove old parts that are no object, and old objects of ours that are no files."""
    before = datetime.now(UTC) - timedelta(seconds=older_than_seconds)
    staged = _listed(client, place.bucket, place.root + STAGING)
    keys = [item["Key"] for item in staged if item["LastModified"] < before]
    remove(client, place.bucket, keys)
    return len(keys) + _abort_uploads(client, place, before)


def remove(client: Any, bucket: str, keys: Sequence[str]) -> None:
    """Delete objects by the thousand, or one by one where the store refuses that."""
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        for key in _refused(client, bucket, batch):
            client.delete_object(Bucket=bucket, Key=key)


def _refused(client: Any, bucket: str, keys: Sequence[str]) -> Sequence[str]:
    """Delete in one request; answers the keys that are still there."""
    wanted = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
    try:
        said = client.delete_objects(Bucket=bucket, Delete=wanted)
    except ClientError as problem:
        if status_of(problem) >= 500 and status_of(problem) != 501:
            raise
        return keys
    return [error["Key"] for error in said.get("Errors", [])]


def _abort_uploads(client: Any, place: Place, before: datetime) -> int:
    """Let S3 forget the parts of uploads that were begun long ago."""
    pages = client.get_paginator("list_multipart_uploads")
    asked = pages.paginate(Bucket=place.bucket, Prefix=place.root)
    try:
        begun = [upload for page in asked for upload in page.get("Uploads", [])]
    except ClientError as problem:
        # Stores that cannot list them forget them by themselves.
        if status_of(problem) in NOT_KNOWN:
            return 0
        raise
    old = [one for one in begun if one["Initiated"] < before]
    for one in old:
        # Another machine may sweep at the same time; what fails now is swept later.
        with suppress(ClientError):
            client.abort_multipart_upload(
                Bucket=place.bucket, Key=one["Key"], UploadId=one["UploadId"]
            )
    return len(old)


def _listed(client: Any, bucket: str, prefix: str) -> Iterator[dict[str, Any]]:
    pages = client.get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=bucket, Prefix=prefix):
        yield from page.get("Contents", [])
