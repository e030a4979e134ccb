"""Uploads go straight into the store's staging area, hashed on the way."""

from io import BytesIO
from typing import IO, Any, cast

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import FileStorage

from app.backends.storage import registry
from app.backends.storage.base import Staged
from app.errors import TooLarge
from app.services import storage
from app.services.storage import NewFile

TAKE_FILES = (
    "publishing.create",
    "publishing.publish_version",
    "api_assets.create",
    "freshness.pages",
    "api_versions.add",
    "api_freshness.freshness",
)
FORM_ALLOWANCE = 1024 * 1024


class HubRequest(Request):
    """A request whose files are never spooled anywhere but where they belong."""

    staged: list[Staged]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staged = []

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint not in TAKE_FILES:
            return BytesIO()
        staged = registry.current().stage()
        self.staged.append(staged)
        return cast(IO[bytes], staged)


def init(app: Flask, max_bytes: int) -> None:
    """Take uploads up to this many bytes a file, and leave nothing behind."""
    app.request_class = HubRequest
    app.config["MAX_UPLOAD_BYTES"] = max_bytes
    app.config["MAX_CONTENT_LENGTH"] = max_bytes + FORM_ALLOWANCE
    app.before_request(_bound_forms)
    app.teardown_request(_discard)


def _bound_forms() -> None:
    """Where no file is expected, take no more than a form."""
    if request.endpoint not in TAKE_FILES:
        request.max_content_length = FORM_ALLOWANCE


def new_file(sent: FileStorage) -> NewFile:
    """What was sent, sealed and looked at; raises Invalid, TooLarge or Unavailable."""
    new = storage.received(cast(Staged, sent.stream), sent.filename or "file")
    if new.stored.size > current_app.config["MAX_UPLOAD_BYTES"]:
        raise TooLarge(too_large())
    return new


def too_large() -> str:
    """The sentence about the limit that was passed."""
    sent = request.content_length
    if request.endpoint not in TAKE_FILES or (
        sent and sent < current_app.config["MAX_UPLOAD_BYTES"]
    ):
        return "This is more text, or more fields, than the hub takes at once. Send less."
    limit = current_app.config["MAX_UPLOAD_BYTES"] // (1024 * 1024)
    return (
        f"This file is larger than {limit} MB, the most that this hub takes. Make it smaller, "
        "for instance by compressing its pictures, or ask an admin to raise the limit."
    )


def _discard(_problem: BaseException | None) -> None:
    for staged in cast(HubRequest, request).staged:
        staged.discard()
