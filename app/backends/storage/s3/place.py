"""Where files lie in S3: bucket, prefix and endpoint, as a STORAGE_URL names them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

HOW = (
    "Use s3://<bucket>/<prefix>?endpoint=<address>&region=<region>; all but the bucket is optional."
)
LONGEST_NAME = 300
STAGING = ".staging/"
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")
_PREFIX = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of a bucket; `root` is "" or ends with a slash, `endpoint` is "" for Amazon."""

    bucket: str
    root: str
    endpoint: str
    region: str

    @property
    def name(self) -> str:
        """What a row remembers of where its file lies: stable, and without any key."""
        end = f"?endpoint={self.endpoint}" if self.endpoint else ""
        return f"s3://{self.bucket}/{self.root}{end}"

    @property
    def shown(self) -> str:
        """Who keeps the bucket, for people."""
        return self.endpoint or "Amazon S3"

    def key(self, sha256: str) -> str:
        """The key of a file; raises FileNotFoundError for what is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise FileNotFoundError(sha256)
        return f"{self.root}{sha256[:2]}/{sha256}"

    def sha256(self, key: str) -> str | None:
        """The hash that a key stands for, or None for another key."""
        sha256 = key.rpartition("/")[2]
        return sha256 if _SHA256.fullmatch(sha256) and self.key(sha256) == key else None


def place_of(url: str, environ: Mapping[str, str]) -> Place:
    """The place of an `s3://…` address; raises ValueError with a sentence."""
    parts = urlsplit(url)
    said = parse_qs(parts.query, keep_blank_values=True)
    prefix = parts.path.strip("/")
    if (
        not _BUCKET.fullmatch(parts.netloc)
        or (prefix and not _PREFIX.fullmatch(prefix))
        or not said.keys() <= {"endpoint", "region"}
        or parts.fragment
    ):
        raise ValueError(f"{url!r} is no address in S3. {HOW}")
    endpoint = _last(said, "endpoint") or environ.get("AWS_ENDPOINT_URL_S3", "")
    endpoint = _endpoint(endpoint or environ.get("AWS_ENDPOINT_URL", ""))
    region = _last(said, "region") or environ.get("AWS_REGION", "")
    place = Place(parts.netloc, f"{prefix}/" if prefix else "", endpoint, region)
    if len(place.name) > LONGEST_NAME:
        raise ValueError(f"the address is longer than {LONGEST_NAME} characters.")
    return place


def _last(said: Mapping[str, list[str]], name: str) -> str:
    return said.get(name, [""])[-1].strip()


def _endpoint(address: str) -> str:
    parts = urlsplit(address)
    if not address:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise ValueError(f"the endpoint {address!r} must be an address with http:// or https://.")
    if parts.username or parts.password:
        raise ValueError("the endpoint holds a key. Give keys as AWS_ACCESS_KEY_ID and the like.")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"
