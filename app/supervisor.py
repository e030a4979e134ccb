"""Runs the whole hub on one machine: web, worker and index follower under one parent."""

import ctypes
import gc
import json
import logging
import os
import signal
import socket
import struct
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.client import HTTPException
from types import FrameType

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import message

from app import db, schema
from app.config import BadSettings, Settings
from app.errors import Conflict
from app.example.people import PEOPLE
from app.factory import create_app, index_folder, worker_lock
from app.models.audit import FIRST
from app.queries import example, people
from app.queries.audit import last_hash
from app.services.example import loading
from app.services.people import first_admin_token
from app.worker import follow, run

log = logging.getLogger("quarterdeck")
THREADS = 8
# A search of 10,000 characters, each of which can take 12 bytes in an address, gets an answer.
LONGEST_REQUEST_LINE = 2**17
SILENCE_SECONDS = 20
STOP_SECONDS = 15.0
EARLY_DEATHS, EARLY_SECONDS = 5, 2.0
PR_SET_PDEATHSIG = 1
M_ARENA_MAX, ARENAS = -8, 2
# A page over all pieces makes thousands of small things, which are no garbage before its end.
GARBAGE_AT = 50_000


class Web(BaseApplication):  # type: ignore[misc]
    """gunicorn, serving an application that is loaded already."""

    def __init__(self, app: Flask, settings: Settings, listener: socket.socket) -> None:
        self._app = app
        self._options: Mapping[str, object] = {
            "bind": f"fd://{listener.fileno()}",
            "workers": settings.workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 10,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "limit_request_line": LONGEST_REQUEST_LINE - 1,
        }
        message.MAX_REQUEST_LINE = LONGEST_REQUEST_LINE
        super().__init__()

    def load_config(self) -> None:
        """Take our options, and none from files or the environment."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application."""
        return self._app


class Supervisor:
    """Starts processes, starts again what dies, and stops all together."""

    def __init__(
        self, parts: Mapping[str, Callable[[], None]], look: Callable[[], tuple[bool, str]]
    ) -> None:
        # No threads here, ever: a fork beside a thread inherits its locks.
        self._parts = parts
        self._look = look
        self._said, self._looked_at = "", 0.0
        self._running: dict[int, tuple[str, float]] = {}
        self._early_deaths = dict.fromkeys(parts, 0)
        self._is_stopping = False

    def run(self) -> int:
        """Watch until told to stop; answers the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name in self._parts:
            self._start(name)
        is_announced = False
        while not self._is_stopping:
            self._reap()
            is_announced = is_announced or self._announce()
            if max(self._early_deaths.values()) >= EARLY_DEATHS:
                log.error("A process dies at every start. Stopping; the lines above say why.")
                self._end()
                return 1
            time.sleep(0.1)
        self._end()
        return 0

    def _announce(self) -> bool:
        """Say that the hub is ready, once it is; until then how far the example company is."""
        pause = 1.0 if self._said else 0.0
        if time.monotonic() - self._looked_at < pause:
            return False
        self._looked_at = time.monotonic()
        is_ready, sentence = self._look()
        if sentence and sentence != self._said:
            self._said = sentence
            print(sentence, flush=True)
        if is_ready:
            print("ready", flush=True)
        return is_ready

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _start(self, name: str) -> None:
        parent = os.getpid()
        child = os.fork()
        if child:
            self._running[child] = name, time.monotonic()
            return
        status = 1
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            _end_with(parent)
            self._parts[name]()
            status = 0
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        except BaseException:
            log.exception("%s ended", name)
        finally:
            os._exit(status)

    def _reap(self) -> None:
        for child in list(self._running):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                name, since = self._running.pop(child)
                code = os.waitstatus_to_exitcode(status)
                if self._is_stopping:
                    continue
                log.error("%s ended by itself (status %s); starting it again", name, code)
                # Killed from outside is no fault of its own that would come again.
                is_early = code > 0 and time.monotonic() - since < EARLY_SECONDS
                self._early_deaths[name] = self._early_deaths[name] + 1 if is_early else 0
                self._start(name)

    def _end(self) -> None:
        self._is_stopping = True
        for child in self._running:
            os.kill(child, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self._running and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.05)
        for child, (name, _) in self._running.items():
            log.error("%s did not stop in time and is killed", name)
            os.kill(child, signal.SIGKILL)


def main() -> int:
    """Prepare, say where the hub is, and run it."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    try:
        settings = Settings.from_env()
    except BadSettings as problem:
        sys.exit(f"Quarterdeck cannot start. {problem}")
    _spare_memory()
    listener = _listener(settings)
    try:
        app = create_app(settings)
    except BadSettings as problem:
        sys.exit(f"Quarterdeck cannot start. {problem}")
    if schema.current() != schema.head():
        schema.upgrade()
    if settings.example and is_first_start():
        want_example(settings)
    address = settings.address
    greet(address, settings)
    lock, index = worker_lock(settings), index_folder(settings)
    db.session.remove()
    db.engine().dispose()
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AT)
    parts = {
        "web": lambda: Web(app, settings, listener).run(),
        "worker": lambda: run.work(lock, waits=True),
        "follower": lambda: follow.follow(index, waits=True),
    }
    return Supervisor(parts, lambda: look(settings)).run()


def is_first_start() -> bool:
    """Whether nothing has ever happened here: the audit log forgets nothing."""
    return last_hash() == FIRST


def want_example(settings: Settings) -> None:
    """Bring the example company's people in; the worker brings the rest."""
    with suppress(Conflict), db.transaction():
        loading.want(settings.secret_key)


def greet(address: str, settings: Settings) -> None:
    """Print where the hub is and how to come in."""
    print(f"Quarterdeck is at {address}")
    if example.arrival() is not None:
        print(f"Sign in at {address}/sign-in as somebody of the example company, with the password")
        print(f"  {loading.password(settings.secret_key)}")
        for person in PEOPLE:
            print(f"  {person.email:27} {person.name}, {person.role.value}")
    elif people.is_anybody():
        print(f"Sign in at {address}/sign-in")
    else:
        token = first_admin_token(settings.secret_key)
        print(f"Make the first admin at {address}/first-admin?token={token}")
    sys.stdout.flush()


def _listener(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=256)
    except OSError as problem:
        sys.exit(
            f"Quarterdeck cannot listen on {settings.host}:{settings.port}: {problem.strerror}. "
            "Stop what is there, or choose another with PORT=8001."
        )
    # Connections inherit this: who says nothing for so long loses the thread they hold.
    silence = struct.pack("ll", SILENCE_SECONDS, 0)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, silence)
    listener.set_inheritable(True)
    return listener


def look(settings: Settings) -> tuple[bool, str]:
    """Whether the hub says that it is ready, and what it says of the example company, if wanted.

    Gives up after a second; an answer that breaks off, as its process was killed, says nothing, and
    nor does one that is not of `/readyz`.
    """
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    # Straight to this machine, whatever proxy the environment names.
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError, HTTPException, ValueError, LookupError):
        try:
            address = f"http://{bracketed(here)}:{settings.port}/readyz"
            with straight.open(address, timeout=1) as said:
                return True, _arrival(said.read())
        except urllib.error.HTTPError as refusal:
            return False, _arrival(refusal.read())
    return False, ""


def _arrival(answer: bytes) -> str:
    example = json.loads(answer)["checks"]["example"]
    return "" if example["ok"] else str(example["detail"])


def bracketed(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def _spare_memory() -> None:
    """Let all threads of a process share two heaps, where the C library has one for each."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_ARENA_MAX, ARENAS)


def _end_with(parent: int) -> None:
    """Let this process end when its parent is killed, where the system can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
