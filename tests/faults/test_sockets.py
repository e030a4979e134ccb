"""What comes over the wire: very long lines, silence, broken framing."""

import json
import socket
import time
from contextlib import ExitStack

import pytest

from tests.hub import make_database, start, stop


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A hub with the cast."""
    folder = tmp_path_factory.mktemp("sockets")
    make_database(folder / "hub.db")
    running = start(folder)
    yield running
    stop(running)


def say(hub, *pieces: bytes) -> bytes:
    """Send some bytes; answers everything that comes back."""
    with socket.create_connection(("127.0.0.1", int(hub.address.rpartition(":")[2]))) as line:
        line.settimeout(60)
        for piece in pieces:
            line.sendall(piece)
        heard = b""
        while more := line.recv(1 << 16):
            heard += more
        return heard


def test_a_search_of_ten_thousand_characters_is_answered(hub):
    token = hub.token("rae").encode()
    for words in (b"a" * 10_000, b"(" * 2_000 + b")" * 2_000, b"%E4%BD%A0" * 10_000):
        heard = say(
            hub,
            b"GET /api/v1/search?q=" + words + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b"Authorization: Bearer " + token + b"\r\n\r\n",
        )
        assert heard.startswith(b"HTTP/1.1 200")
        assert json.loads(heard.partition(b"\r\n\r\n")[2])["total"] == 0


def test_broken_framing_is_the_senders_mistake(hub):
    token = hub.token("max").encode()
    heard = say(
        hub,
        b"PATCH /api/v1/assets/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
        b"Authorization: Bearer " + token + b"\r\n\r\nzz\r\nabc\r\n",
    )
    assert heard.startswith(b"HTTP/1.1 4")


def test_those_who_say_nothing_lose_their_place(hub):
    begun = (
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\na="
    )
    place = ("127.0.0.1", int(hub.address.rpartition(":")[2]))
    with ExitStack() as lines:
        for _ in range(16):
            line = lines.enter_context(socket.create_connection(place))
            line.sendall(begun)
        began = time.monotonic()
        heard = say(hub, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert heard.startswith(b"HTTP/1.1 200") and time.monotonic() - began < 45
