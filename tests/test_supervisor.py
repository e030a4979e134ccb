"""What starts the other processes outlives whatever happens to them."""

import socket
from threading import Thread

import pytest

from app.config import Settings
from app.supervisor import look

READY = b'{"checks": {"example": {"ok": true}}}'


def answer(listening: socket.socket, said: bytes) -> None:
    """Answer one request with these bytes, and end."""
    line, _ = listening.accept()
    with line:
        line.recv(1 << 16)
        line.sendall(said)


@pytest.mark.parametrize(
    ("said", "is_ready"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\n" + READY, True),
        (b"HTTP/1.1 503 No\r\nContent-Length: 37\r\n\r\n" + READY, False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 37\r\n\r\n" + READY[:9], False),
        (b"HTTP/1.1 503 No\r\nContent-Length: 37\r\n\r\n" + READY[:9], False),
        (b"HTT", False),
        (b"", False),
        (b"HTTP/1.1 500 No\r\nContent-Length: 6\r\n\r\n<html>", False),
        (b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}", False),
        (b"HTTP/1.1 503 No\r\n\r\n" + READY[:9], False),
    ],
)
def test_an_answer_that_breaks_off_or_is_another_says_nothing(said, is_ready):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = Thread(target=answer, args=(listening, said))
        answering.start()
        settings = Settings(secret_key="0" * 32, port=listening.getsockname()[1])
        assert look(settings) == (is_ready, "")
        answering.join()
