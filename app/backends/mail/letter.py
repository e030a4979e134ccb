"""A message as it is sent: headers that nobody breaks out of, bodies that every server passes on.

The headers are written here and not by email.policy, which in Python 3.11 loses the quotes around a
long name (so that an address inside it counts), spaces in a long subject, and encodes long links.
"""

import re
import textwrap
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime

from app.backends.mail.addresses import Sender, on_one_line, sendable
from app.backends.mail.base import Message
from app.clock import now

_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP
_AS_SENT = compat32.clone(linesep="\r\n")
_ATOMS = re.compile(r"[A-Za-z0-9' -]*")
_LOOKS_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?", re.IGNORECASE)
LINE, ENCODED, LONGEST_WORD = 76, 60, 900


@dataclass(frozen=True, slots=True)
class Letter:
    """The envelope's two addresses and all bytes of the message."""

    sender: str
    to: str
    content: bytes

    @property
    def needs_utf8(self) -> bool:
        """Whether only a server that knows SMTPUTF8 can take it."""
        return not (self.sender + self.to).isascii()


def written(message: Message, sender: Sender) -> Letter:
    """Write a message down; raises ValueError with a sentence where `to` is no address."""
    to = sendable(message.to)
    headers = {
        "From": _person(sender.name, sender.address),
        "To": _person(on_one_line(message.to_name), to),
        "Subject": _words(message.subject),
        "Date": format_datetime(now()),
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        **{name.title(): _words(value) for name, value in message.headers.items()},
    }
    head = "".join(_folded(name, value) for name, value in headers.items())
    return Letter(sender.address, to, head.encode() + _body(message).as_bytes(policy=_AS_SENT))


def _body(message: Message) -> MIMEBase:
    text = _part("plain", message.text)
    if not message.html:
        return text
    return MIMEMultipart("alternative", _subparts=[text, _part("html", message.html)])


def _part(kind: str, text: str) -> MIMEBase:
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part.set_payload(text.encode("utf-8", "replace").decode(), _UTF8)
    return part


def _person(name: str, address: str) -> str:
    if not name:
        return address
    return f"{name if _ATOMS.fullmatch(name) else _encoded(name)} <{address}>"


def _words(text: str) -> str:
    """The text of a header, encoded where it has to be."""
    line = on_one_line(text)
    longest = max(map(len, line.split()), default=0)
    is_plain = line.isascii() and longest <= LONGEST_WORD and not _LOOKS_ENCODED.search(line)
    return line if is_plain else _encoded(line)


def _encoded(line: str) -> str:
    """Encoded words with a space between them, which means none to who reads them."""
    return " ".join(Header(line, "utf-8", maxlinelen=ENCODED).encode().split())


def _folded(name: str, value: str) -> str:
    lines = textwrap.wrap(
        value,
        LINE,
        initial_indent=f"{name}: ",
        subsequent_indent=" ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\r\n".join(lines or [f"{name}:"]) + "\r\n"
