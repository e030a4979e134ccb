"""A mail server that lives in the test process, and what it was given."""

import ssl
from asyncio import AbstractServer
from collections.abc import Awaitable
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import create_server
from types import SimpleNamespace

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SENDER = "Quarterdeck <hub@example.com>"


class Received(EmailMessage):
    """A message that arrived, parsed; `sender` and `recipients` are the envelope's, `raw` all."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def text(self) -> str:
        """The plain text, with \\n at the end of every line."""
        return self._body("plain")

    @property
    def html(self) -> str:
        """The HTML, "" where there is none."""
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.get_body((kind,))
        return part.get_content().replace("\r\n", "\n") if part else ""


class Mailbox:
    """Takes mail on a free port of this machine, until told to refuse.

    `starttls` is offered, `tls` is spoken from the start; `login` is the user and password that
    are asked for. What else aiosmtpd's SMTP takes can be given by its name.
    """

    def __init__(
        self,
        *,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
        **more: object,
    ) -> None:
        self.messages: list[Received] = []
        self.connections = 0
        self._is_stopped = False
        self._login = login
        self._answers: dict[tuple[str, str], str] = {}
        if login:
            more |= {"auth_required": True, "authenticator": self._authenticated}
        self._controller = OnFreePort(
            SimpleNamespace(
                handle_EHLO=self._greet,
                handle_MAIL=self._from,
                handle_RCPT=self._to,
                handle_DATA=self._take,
            ),
            ssl_context=tls,
            tls_context=starttls,
            auth_require_tls=False,
            server_hostname="localhost",
            **more,
        )
        self.port = self._controller.port
        self.url = f"smtp://127.0.0.1:{self.port}?tls=off"

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Be gone; safe to repeat."""
        if not self._is_stopped:
            self._controller.stop()
        self._is_stopped = True

    def refuse(self, answer: str, *, to: str = "", at: str = "RCPT") -> None:
        """Give this answer at MAIL, RCPT or DATA from now on; to one recipient alone, or to all."""
        self._answers[at, to] = answer

    def accept(self) -> None:
        """Take everything again."""
        self._answers.clear()

    def to(self, address: str) -> list[Received]:
        """What one person got."""
        return [one for one in self.messages if address in one.recipients]

    def _answer(self, at: str, to: str = "") -> str:
        return self._answers.get((at, to)) or self._answers.get((at, ""), "250 OK")

    def _authenticated(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: object
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        given = said.login.decode(), said.password.decode()
        refusal = self._answers.get(("AUTH", ""))
        return AuthResult(success=given == self._login, handled=False, message=refusal)

    async def _greet(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        self.connections += session.host_name is None
        session.host_name = name
        return lines

    async def _from(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._answer("MAIL")

    async def _to(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("RCPT", address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def _take(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self._answer("DATA", envelope.rcpt_tos[0])
        if answer.startswith("2"):
            self.messages.append(_received(envelope))
        return answer


class OnFreePort(Controller):
    """Listens on whichever port is free, so that two tests never want the same."""

    def __init__(self, handler: object, **more: object) -> None:
        self._socket = create_server(("127.0.0.1", 0))
        port = self._socket.getsockname()[1]
        super().__init__(handler, "127.0.0.1", port, **more)

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(
            self._factory_invoker, sock=self._socket, ssl=self.ssl_context
        )


def _received(envelope: Envelope) -> Received:
    parsing = policy.default.clone(message_factory=Received)
    message = message_from_bytes(envelope.content, policy=parsing)
    message.sender, message.recipients = envelope.mail_from, envelope.rcpt_tos
    message.raw = envelope.content
    return message
