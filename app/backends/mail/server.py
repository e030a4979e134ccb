"""Which mail server a MAIL_URL names, and how it is to be spoken to."""

import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

HOW = (
    "Use smtp://<user>:<password>@<host>:587 or smtps://<user>:<password>@<host>:465, with %2F for "
    "a slash in the password and the like; ?tls=required, ?tls=off and ?ca=<file> can follow."
)
PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server; `tls` is "from the start", "required", "if offered" or "off"."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: str
    trust: ssl.SSLContext

    @property
    def shown(self) -> str:
        """Host and port, for people."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def unsaid(self, text: str) -> str:
        """The text without the password, also where it is encoded as it was sent."""
        if not self.password:
            return text
        sent = (f"\0{self.user}\0{self.password}", self.password)
        for secret in (self.password, *(b64encode(one.encode()).decode() for one in sent)):
            text = text.replace(secret, "…")
        return text


def server_of(url: str) -> Server:
    """The server of an address; raises ValueError with a sentence that holds no password."""
    parts, port = _parsed(url)
    said = {name: found[-1] for name, found in parse_qs(parts.query, True).items()}
    if parts.path.strip("/") or parts.fragment or not said.keys() <= {"tls", "ca"}:
        raise ValueError(f"it goes on after the host. {HOW}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password) or not (user + password).isascii():
        raise ValueError(f"it needs both a user and a password, in ASCII, or neither. {HOW}")
    tls = _tls(parts.scheme, said)
    return Server(parts.hostname or "", port, user, password, tls, _trust(said.get("ca", "")))


def _parsed(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = PORTS[parts.scheme] if parts.port is None else parts.port
    except (ValueError, KeyError):
        # What these say may hold a piece of the password.
        raise ValueError(f"it is no address of a mail server. {HOW}") from None
    if not parts.hostname or not port:
        raise ValueError(f"it names no host, or no port. {HOW}")
    return parts, port


def _tls(scheme: str, said: Mapping[str, str]) -> str:
    wanted = said.get("tls", "")
    if scheme == "smtps" and not wanted:
        return "from the start"
    if scheme == "smtps" or wanted not in ("", "required", "off"):
        raise ValueError("tls is required or off, and only with smtp://; smtps:// always has it.")
    return wanted or "if offered"


def _trust(ca: str) -> ssl.SSLContext:
    """Who is believed: the system's authorities, or only that of a file."""
    if ca and not Path(ca).is_absolute():
        raise ValueError(f"ca={ca!r} must be the whole path of a file, from the root.")
    try:
        return ssl.create_default_context(cafile=ca or None)
    except OSError as problem:
        raise ValueError(f"ca={ca!r} cannot be read as certificates in PEM: {problem}") from None
