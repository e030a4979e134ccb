"""The settings: read, converted and refused once, at the start."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent.parent


class BadSettings(Exception):
    """A setting that the hub cannot start with; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, by its name in lower case; README documents each."""

    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    example: bool = True
    workers: int = 2
    database_url: str = "sqlite:///instance/quarterdeck.db"
    storage_url: str = "file:content"
    search_url: str = "tantivy:search_index"
    queue_url: str = "sqlite:instance/queue.db"
    mail_url: str = "log:"
    mail_from: str = "Quarterdeck <quarterdeck@localhost>"
    public_url: str = ""
    time_zone: str = "UTC"
    max_upload_mb: int = 512
    office_renderer: str = "builtin"
    trusted_proxies: int = 0

    @property
    def max_upload_bytes(self) -> int:
        """The largest file that is taken, in bytes."""
        return self.max_upload_mb * 1024 * 1024

    @property
    def address(self) -> str:
        """Where people reach the hub, as far as it knows."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url.rstrip("/") or f"http://{host}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the hub by TLS."""
        return self.public_url.startswith("https://")

    @staticmethod
    def from_env(environ: Mapping[str, str] | None = None, root: Path = ROOT) -> "Settings":
        """Read the environment over `instance/settings.env`.

        Raises BadSettings with a sentence for an unknown name in the file or a wrong value.
        """
        filed = _from_file(root / "instance" / "settings.env")
        if environ is None:
            _hand_on({name: value for name, value in filed.items() if name not in NAMES})
        said = filed | {
            name: value
            for name, value in (os.environ if environ is None else environ).items()
            if value != ""
        }
        given = {name: value for name, value in said.items() if name in NAMES}
        values = {name.lower(): _convert(name, text) for name, text in given.items()}
        values.setdefault("secret_key", _kept_secret(root, given))
        return Settings(**values)  # type: ignore[arg-type]


NAMES = frozenset(field.name.upper() for field in fields(Settings))
_ADDRESS = r"[^\s@<>()\[\],;:\\\"]+@[A-Za-z0-9.-]+"
# What holds a password is not repeated where it is refused.
SECRET_NAMES = frozenset({"SECRET_KEY", "DATABASE_URL", "MAIL_URL"})


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, equals, value = (part.strip() for part in line.partition("="))
        if not name or name.startswith("#"):
            continue
        if not equals or (name not in NAMES and not name.startswith("AWS_")):
            raise BadSettings(
                f"{path.name}, line {number}: there is no setting called {name!r}. "
                f"The settings are {', '.join(sorted(NAMES))}."
            )
        found[name] = value.strip("\"'")
    return found


def _hand_on(found: Mapping[str, str]) -> None:
    """Give boto3 its own settings, which it reads from the environment; what is there stays."""
    for name, value in found.items():
        os.environ.setdefault(name, value)


def _convert(name: str, text: str) -> object:
    try:
        return _CONVERTERS.get(name, str)(text)
    except ValueError as problem:
        shown = name if name in SECRET_NAMES else f"{name}={text!r}"
        raise BadSettings(f"{shown} cannot be used: {problem}") from None


def _number(low: int, high: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"give a whole number from {low} to {high}.")
        return int(text)

    return convert


def _yes_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError("give yes or no.")
    return text.lower() == "yes"


def _scheme(*allowed: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if not any(text.startswith(one) and len(text) > len(one) for one in allowed):
            raise ValueError(f"it must begin with {' or '.join(allowed)} and go on.")
        return text

    return convert


def _one_of(*allowed: str) -> Callable[[str], str]:
    def convert(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"give {' or '.join(allowed)}.")
        return text

    return convert


def _queue(text: str) -> str:
    if text.startswith("redis"):
        raise ValueError("Redis is not supported. Use sqlite:<file> or postgresql:.")
    return text if text == "postgresql:" else _scheme("sqlite:")(text)


def _mail(text: str) -> str:
    if text != "log:" and not re.match("smtps?://.", text):
        raise ValueError("give log:, smtp://<host>:587 or smtps://<host>:465.")
    return text


def _sender(text: str) -> str:
    if not re.fullmatch(rf"{_ADDRESS}|[^<>]*<{_ADDRESS}>", text):
        raise ValueError("give an address, such as Quarterdeck <hub@example.com>.")
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("give a zone such as Europe/Berlin.") from None
    return text


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("give at least 32 characters that nobody can guess.")
    return text


_CONVERTERS: Mapping[str, Callable[[str], object]] = {
    "SECRET_KEY": _secret,
    "PORT": _number(1, 65535),
    "EXAMPLE": _yes_no,
    "WORKERS": _number(1, 64),
    "MAX_UPLOAD_MB": _number(1, 100_000),
    "TRUSTED_PROXIES": _number(0, 10),
    "TIME_ZONE": _time_zone,
    "OFFICE_RENDERER": _one_of("builtin", "libreoffice"),
    "PUBLIC_URL": _scheme("http://", "https://"),
    "DATABASE_URL": _scheme("sqlite:///", "postgresql://", "postgresql+psycopg://"),
    "STORAGE_URL": _scheme("file:", "s3://"),
    "SEARCH_URL": _scheme("tantivy:", "whoosh:"),
    "QUEUE_URL": _queue,
    "MAIL_URL": _mail,
    "MAIL_FROM": _sender,
}


def _kept_secret(root: Path, given: Mapping[str, str]) -> str:
    """The secret of this machine, made at the first start."""
    if "SECRET_KEY" in given:
        return given["SECRET_KEY"]
    if given.get("DATABASE_URL", "sqlite:").startswith("postgresql"):
        raise BadSettings(
            "SECRET_KEY is missing. Machines that share a database must share it too: "
            'make one with python3 -c "import secrets; print(secrets.token_hex(32))".'
        )
    path = root / "instance" / "secret_key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_hex(32), encoding="ascii")
        made.rename(path)
    return path.read_text(encoding="ascii").strip()
