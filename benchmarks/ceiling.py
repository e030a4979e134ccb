"""The ceiling: a bare application on the hub's own server, with its workers and threads.

python -m benchmarks.ceiling PORT FILE. `/constant` answers the file's bytes as JSON from memory,
`/file` sends the file.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, send_file

from app.config import ROOT, Settings
from app.supervisor import Web
from benchmarks.hub import SECRET, first_answer, free_port


def bare(file: Path) -> Flask:
    """An application that does nothing but answer."""
    app, constant = Flask("ceiling"), file.read_bytes()

    @app.get("/constant")
    def _constant() -> Response:
        return Response(constant, mimetype="application/json")

    @app.get("/file")
    def _file() -> Response:
        return send_file(file)

    return app


@contextmanager
def ceiling(file: Path) -> Iterator[tuple[int, int]]:
    """Serve it meanwhile; its port and the number of its first process."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.ceiling", str(port), str(file)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        first_answer(port, "/constant")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Serve until stopped."""
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256)
    listener.set_inheritable(True)
    Web(bare(Path(sys.argv[2])), Settings(secret_key=SECRET), listener).run()


if __name__ == "__main__":
    main()
