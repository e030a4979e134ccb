"""A whole hub in processes of its own, as `make run` starts it."""

import atexit
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from pathlib import Path
from tempfile import mkdtemp

from tests import places

ROOT = Path(__file__).resolve().parent.parent
TOKENS = "tokens.json"
PORTS = range(10_000, 32_768)


@dataclass(frozen=True)
class Hub:
    """A hub that runs: its address, its folder, its parent process, what it printed."""

    address: str
    folder: Path
    process: subprocess.Popen[str]
    environ: dict[str, str]

    def token(self, name: str) -> str:
        """A token of somebody of the cast, which was made with the database."""
        token: str = json.loads((self.folder / TOKENS).read_text())[name]
        return token

    def flask(self, *words: str) -> str:
        """Run a flask command on this hub; answers what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", *words],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def free_port() -> int:
    """A port that nobody listens on.

    It is none that the system gives to whoever connects somewhere: one of those may be taken until
    the hub listens. The chance is no test's own, since every test process has the same of those.
    """
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def start(folder: Path, **settings: str) -> Hub:
    """Start a hub with everything in one folder, and wait until it is ready."""
    port = free_port()
    environ = {
        **os.environ,
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "DATABASE_URL": places.database_url(folder / "hub.db"),
        "STORAGE_URL": places.storage_url(folder),
        "SEARCH_URL": f"tantivy:{folder}/index",
        "QUEUE_URL": f"sqlite:{folder}/queue.db",
        "PORT": str(port),
        "EXAMPLE": "no",
        "MAX_UPLOAD_MB": "5",
        **settings,
    }
    log = (folder / "log.txt").open("a")
    process = subprocess.Popen(
        [sys.executable, "-m", "app.supervisor"],
        cwd=ROOT,
        env=environ,
        stdout=log,
        stderr=log,
        text=True,
    )
    (folder / "pid").write_text(str(process.pid))
    hub = Hub(f"http://127.0.0.1:{port}", folder, process, environ)
    try:
        told = folder / "log.txt"
        wait_until(lambda: is_ready(hub), "the hub is ready", moving=lambda: told.stat().st_size)
    except BaseException:
        stop(hub)
        raise
    return hub


def stop(hub: Hub) -> int:
    """Stop a hub as Ctrl-C would; answers its exit status."""
    hub.process.send_signal(signal.SIGTERM)
    return hub.process.wait(timeout=30)


def is_ready(hub: Hub) -> bool:
    """Whether the hub says so itself."""
    try:
        with urllib.request.urlopen(f"{hub.address}/readyz", timeout=20):
            return True
    except (OSError, HTTPException):
        return False


def wait_until(
    is_so: Callable[[], bool],
    what: str,
    seconds: float = 60,
    moving: Callable[[], object] = lambda: None,
) -> None:
    """Wait for something; fails with its name when so long nothing moves and it does not come."""
    deadline, last = time.monotonic() + seconds, moving()
    while not is_so():
        if (now := moving()) != last:
            deadline, last = time.monotonic() + seconds, now
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


def call(hub: Hub, token: str, path: str, body: bytes | None = None, kind: str = "") -> bytes:
    """One call of the JSON API."""
    headers = {"Authorization": f"Bearer {token}", **({"Content-Type": kind} if kind else {})}
    request = urllib.request.Request(f"{hub.address}{path}", body, headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def upload(hub: Hub, token: str, content: bytes) -> int | None:
    """Send a file; answers the asset's id if the hub acknowledged it whole."""
    mark = uuid.uuid4().hex
    part = f"--{mark}\r\nContent-Disposition: form-data; name="
    parts = [
        f'{part}"publish"\r\n\r\ntrue\r\n'.encode(),
        f'{part}"file"; filename="a.txt"\r\n\r\n'.encode(),
        content,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    try:
        kind = f"multipart/form-data; boundary={mark}"
        return json.loads(call(hub, token, "/api/v1/assets", b"".join(parts), kind))["id"]
    except (OSError, HTTPException, json.JSONDecodeError):
        return None


def searched(hub: Hub, token: str, words: str) -> int:
    """How many assets a search finds."""
    return json.loads(call(hub, token, f"/api/v1/search?q={words}"))["total"]


def make_database(place: Path) -> None:
    """A database that holds the cast; their tokens lie beside it."""
    template = _template()
    places.copy(template, place)
    shutil.copyfile(template.parent / TOKENS, place.parent / TOKENS)


@cache
def _template() -> Path:
    """A database that holds the cast, made once for a test process, in a process of its own."""
    folder = Path(mkdtemp(prefix="quarterdeck-"))
    atexit.register(shutil.rmtree, folder)
    place = folder / "hub.db"
    places.make_empty(place)
    atexit.register(places.remove, place)
    (folder / TOKENS).write_text(fill_database(places.database_url(place)))
    return place


def fill_database(url: str) -> str:
    """Bring an empty database up to date and let the cast in; answers their tokens, as JSON."""
    command = [sys.executable, "-m", "tests.filling", url]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
