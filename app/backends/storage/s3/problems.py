"""What boto3 complains about, as a sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.parsers import ResponseParserError

from app.backends.storage.base import StoreFailed
from app.backends.storage.s3.place import Place

FAULTS = (BotoCoreError, ClientError, ResponseParserError)
ABSENT = ("404", "NoSuchKey", "NotFound")
_NO_KEYS = (
    "There are no keys for S3. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment "
    "or in instance/settings.env."
)
_SENTENCES = {
    ("NoSuchBucket",): "There is no bucket {bucket} at {where}. Make it, or correct STORAGE_URL.",
    (
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "InvalidToken",
        "ExpiredToken",
        "TokenRefreshRequired",
    ): "{where} does not accept the keys ({code}). Check AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY.",
    ("AccessDenied", "403", "AllAccessDisabled"): "The keys may not do this in the bucket "
    "{bucket} at {where} ({code}). docs/running.md lists what they need.",
    (
        "PermanentRedirect",
        "301",
        "AuthorizationHeaderMalformed",
        "IllegalLocationConstraintException",
    ): "The bucket {bucket} is in another region ({code}). Add region=<its region> to STORAGE_URL.",
    ("RequestTimeTooSkewed",): "This machine's clock is wrong, so {where} refuses it. Set it.",
}
_UNREACHED = (
    "{where} cannot be reached ({code}). Check the endpoint in STORAGE_URL, and whether it runs."
)
_FAULTY = "{where} does not work properly just now ({code}). Try again later, or look at its log."


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Whatever S3 or the way to it does wrong is a StoreFailed."""
    try:
        yield
    except FAULTS as problem:
        raise StoreFailed(sentence(problem, place)) from problem


def code_of(problem: Exception) -> str:
    """S3's own word for what went wrong, or the name of the fault."""
    if isinstance(problem, ClientError):
        return str(problem.response.get("Error", {}).get("Code", ""))
    return type(problem).__name__


def status_of(problem: ClientError) -> int:
    """The HTTP status of S3's answer."""
    return int(problem.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def sentence(problem: Exception, place: Place) -> str:
    """What is wrong and what to do."""
    code = code_of(problem)
    template = _template(problem, code)
    return template.format(bucket=place.bucket, where=place.shown, code=code)


def _template(problem: Exception, code: str) -> str:
    if isinstance(problem, NoCredentialsError | PartialCredentialsError):
        return _NO_KEYS
    if isinstance(problem, ConnectionError | HTTPClientError):
        return _UNREACHED
    return next((said for codes, said in _SENTENCES.items() if code in codes), _FAULTY)
