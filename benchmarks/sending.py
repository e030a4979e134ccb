"""A client that sends files as forms do, a piece at a time, without holding them."""

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.client import HOST, PATIENCE, PIECE, Headers, Refused

BOUNDARY = "----benchmarks7d1f0c"


def send(port: int, headers: Headers, file: Path, fields: Mapping[str, str]) -> dict[str, Any]:
    """POST a new asset; the answer's JSON. Raises Refused unless it was taken."""
    head, tail = _head(file, fields), f"\r\n--{BOUNDARY}--\r\n".encode()
    sent = dict(headers) | {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(head) + file.stat().st_size + len(tail)),
    }
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    connection.request("POST", "/api/v1/assets", _pieces(head, file, tail), sent)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 201:
        raise Refused(f"{file.name}: {response.status} {body[:300]!r}")
    answer: dict[str, Any] = json.loads(body)
    return answer


def _head(file: Path, fields: Mapping[str, str]) -> bytes:
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    parts.append(
        f'name="file"; filename="{file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    lines = [f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}" for part in parts]
    return "\r\n".join(lines).encode()


def _pieces(head: bytes, file: Path, tail: bytes) -> Iterator[bytes]:
    yield head
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            yield piece
    yield tail
