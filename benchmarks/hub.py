"""A hub of its own, in a folder of its own, under a real supervisor."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from app.config import NAMES, ROOT
from benchmarks import processes

SECRET = "a secret of the benchmarks and of nothing else"
PATIENCE = 60.0
PAUSE = 0.005


class Hub:
    """Settings, data and processes of one hub."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told; nothing of the machine's own hub."""
        outside = {name: value for name, value in os.environ.items() if name not in NAMES}
        return outside | {
            "DATABASE_URL": f"sqlite:///{self.folder}/hub.db",
            "STORAGE_URL": f"file:{self.folder}/content",
            "SEARCH_URL": f"tantivy:{self.folder}/index",
            "QUEUE_URL": f"sqlite:{self.folder}/queue.db",
            "SECRET_KEY": SECRET,
            "PORT": str(self.port),
            "EXAMPLE": "no",
        }

    def run(self, *words: str) -> str:
        """Run a Python module with the hub's settings; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout

    def start(self, command: Sequence[str] = (sys.executable, "-m", "app.supervisor")) -> float:
        """Start it; seconds until /healthz answered for the first time."""
        log = (self.folder / "log").open("ab")
        began = time.perf_counter()
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        log.close()
        first_answer(self.port, "/healthz")
        return time.perf_counter() - began

    def stop(self) -> tuple[float, int]:
        """Stop it; seconds until it had ended, and how many of its processes are left."""
        assert self._process
        everybody = processes.family(self._process.pid)
        began = time.perf_counter()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        seconds = time.perf_counter() - began
        self._process = None
        return seconds, sum(processes.is_alive(pid) for pid in everybody)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve meanwhile, and wait until it is ready."""
        self.start()
        try:
            first_answer(self.port, "/readyz")
            yield
        finally:
            self.stop()

    def parts(self) -> dict[str, list[int]]:
        """The processes by what they do, in the order in which the supervisor starts them."""
        assert self._process
        supervisor = self._process.pid
        web, worker, follower = processes.children(supervisor)[:3]
        return {
            "supervisor": [supervisor],
            "web master": [web],
            "web workers": processes.children(web),
            "worker": [worker],
            "follower": [follower],
        }

    def web(self) -> list[int]:
        """The processes that answer requests, with their master."""
        parts = self.parts()
        return parts["web master"] + parts["web workers"]

    def cpu_seconds(self) -> float:
        """Processor time of all its processes that are still there."""
        assert self._process
        return processes.cpu_seconds(processes.family(self._process.pid))

    def told(self, name: str) -> str:
        """What was noted while the hub was filled: a token, a password, a figure."""
        return str(json.loads((self.folder / "filled.json").read_text())[name])

    def token(self, who: str) -> dict[str, str]:
        """The header with the token of `rep` or `marketer`."""
        return {"Authorization": f"Bearer {self.told(who)}"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def first_answer(port: int, path: str) -> None:
    """Ask until the answer is 200; raises TimeoutError after a minute."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(PAUSE)
    raise TimeoutError(f"port {port} does not answer {path}")


def filled(folder: Path, assets: int) -> Hub:
    """A hub with so many assets of 20 pages; filled at the first call, not running."""
    hub = Hub(folder / f"hub-{assets}")
    if not (hub.folder / "filled.json").exists():
        print(f"\nfilling a hub with {assets:,} assets ...", flush=True)
        told = hub.run("benchmarks.filling", str(assets))
        (hub.folder / "filled.json").write_text(told.splitlines()[-1])
    return hub
