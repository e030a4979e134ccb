"""Addresses of people, and the sender's with a name, as MAIL_FROM says it."""

import re
import unicodedata
from dataclasses import dataclass

_LOCAL = r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f\ud800-\udfff]+"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LOCAL}")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who messages come from; `name` may be ""."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


def sender_of(text: str) -> Sender:
    """The sender of `Name <address>` or of an address alone; raises ValueError."""
    name, _, rest = text.strip().rpartition("<")
    return Sender(on_one_line(name).strip('" '), sendable(rest.removesuffix(">")))


def sendable(address: str) -> str:
    """The address as servers know it, its domain in ASCII; raises ValueError with a sentence."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is no e-mail address.")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else _in_ascii(domain)}"


def _in_ascii(domain: str) -> str:
    try:
        encoded = domain.encode("idna")
        # Python's way of encoding makes grüsse of grüße, which may be somebody else's.
        if encoded.decode("idna") == unicodedata.normalize("NFC", domain.lower()):
            return encoded.decode()
    except UnicodeError:
        pass
    raise ValueError(f"{domain!r} is no e-mail address's domain. Write it in ASCII, as xn--….")


def on_one_line(text: str) -> str:
    """The text without line breaks and control characters, which could begin another header."""
    cleaned = (" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)
    return " ".join("".join(cleaned).split())
