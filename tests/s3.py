"""An S3 for tests: moto in this process, and a way to it that can be disturbed."""

import http.client
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from app.backends.storage.s3 import clients

BUCKET = "quarterdeck"
KEYS = {"AWS_ACCESS_KEY_ID": "hub", "AWS_SECRET_ACCESS_KEY": "secret"}
ERROR = "<?xml version='1.0'?><Error><Code>{}</Code><Message>On purpose</Message></Error>"
Rule = Callable[["Request"], object]


class Request:
    """What the hub asks of S3."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.method = handler.command
        self.path = handler.path
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.is_part = self.method == "PUT" and "partNumber" in self.path
        self.is_end = self.method == "POST" and "uploadId" in self.path
        self.is_batch = self.method == "POST" and self.path.endswith("?delete")


class Proxy:
    """Passes everything on to S3, but for what its rule says.

    That is a status, a status with S3's word for it, "stall", "cut" or "cut answer".
    """

    def __init__(self, target: str) -> None:
        self.target = target.removeprefix("http://")
        self.rule: Rule = lambda request: None
        self.seen: list[Request] = []
        self.ended = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "Proxy":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    def fail(self, answer: object, which: Callable[[Request], bool] = lambda _: True) -> None:
        """From now on, answer so to these requests."""
        self.rule = lambda request: answer if which(request) else None

    def heal(self) -> None:
        """Pass everything on again."""
        self.rule = lambda request: None


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

        def do_any(self) -> None:
            request = Request(self)
            proxy.seen.append(request)
            answer = proxy.rule(request)
            if answer in ("stall", "cut"):
                self.rfile.read(min(1000, int(self.headers.get("Content-Length", 0))))
                proxy.ended.wait(20 if answer == "stall" else 0)
                self.close_connection = True
                return
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if answer in (None, "cut answer"):
                self._pass_on(request, body, is_whole=answer is None)
            else:
                self._refuse(*(answer if isinstance(answer, tuple) else (answer, "InternalError")))

        def _refuse(self, status: int, code: str) -> None:
            self._answer(status, {}, ERROR.format(code).encode())

        def _pass_on(self, request: Request, body: bytes, *, is_whole: bool) -> None:
            line = http.client.HTTPConnection(proxy.target, timeout=20)
            sent = {n: v for n, v in request.headers.items() if n != "expect"}
            line.request(self.command, self.path, body or None, sent)
            heard = line.getresponse()
            self._answer(heard.status, dict(heard.getheaders()), heard.read(), is_whole=is_whole)
            line.close()

        def _answer(
            self, status: int, headers: dict[str, str], body: bytes, *, is_whole: bool = True
        ) -> None:
            self.send_response_only(status)
            length = str(len(body))
            if self.command == "HEAD":
                length = headers.get("Content-Length", length)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", length)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body if is_whole else body[: len(body) // 2])
            self.close_connection = not is_whole

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_any  # noqa: N815

    return Handler


@contextmanager
def moto() -> Iterator[str]:
    """A moto server with a bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client(f"http://{host}:{port}").create_bucket(Bucket=BUCKET)
    yield f"http://{host}:{port}"
    server.stop()


def client(endpoint: str) -> Any:
    """A client of the tests' own."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )


def url(endpoint: str) -> str:
    """A STORAGE_URL of a place that nobody has used."""
    return f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint={endpoint}&region=us-east-1"


def give_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the keys where the hub looks for them."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for S3 less than a real hub does, and try once."""
    for waiting in (clients.PATIENT, clients.BRIEF):
        monkeypatch.setitem(waiting, "read_timeout", 2)
        monkeypatch.setitem(waiting, "connect_timeout", 2)
        monkeypatch.setitem(waiting, "retries", {"mode": "standard", "total_max_attempts": 1})
