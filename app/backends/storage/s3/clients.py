"""The connections to S3: how long they wait, how often they try again, what they do not send."""

import os
import threading
from typing import Any

import boto3
from botocore.config import Config

from app.backends.storage.s3.place import Place

# A request of a person ends within about 30 seconds, whatever S3 does: 3 x 7 and the pauses.
PATIENT: dict[str, Any] = {
    "connect_timeout": 5,
    "read_timeout": 7,
    "retries": {"mode": "standard", "total_max_attempts": 3},
}
# While the database waits for us, which it does for 15 seconds.
BRIEF: dict[str, Any] = {
    "connect_timeout": 2,
    "read_timeout": 4,
    "retries": {"mode": "standard", "total_max_attempts": 2},
}
POOL = 16


class Clients:
    """boto3's clients, made when they are first needed, and anew in a process that was forked.

    Two processes that share a connection would read each other's answers. What boto3 knows of S3,
    which is large, is read once for all.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._made: dict[tuple[int, bool], Any] = {}
        self._lock = threading.Lock()
        self._session: Any = None

    def patient(self) -> Any:
        """For what happens outside of transactions."""
        return self._client(is_brief=False)

    def brief(self) -> Any:
        """For what others wait for, and for tidying up."""
        return self._client(is_brief=True)

    def _client(self, *, is_brief: bool) -> Any:
        wanted = os.getpid(), is_brief
        with self._lock:
            if wanted not in self._made:
                self._session = self._session or boto3.session.Session()
                waiting = BRIEF if is_brief else PATIENT
                self._made[wanted] = _made(self._session, self._place, waiting)
            return self._made[wanted]


def _made(session: Any, place: Place, waiting: dict[str, Any]) -> Any:
    config = Config(
        signature_version="s3v4",
        # Newer checksums are refused by many stores; signing what is sent protects it as well.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={
            "addressing_style": "path" if place.endpoint else "auto",
            "payload_signing_enabled": True,
        },
        max_pool_connections=POOL,
        **waiting,
    )
    return session.client(
        "s3",
        endpoint_url=place.endpoint or None,
        region_name=place.region or session.region_name or "us-east-1",
        config=config,
    )
