"""Mail by SMTP, to the server that MAIL_URL names."""

from collections.abc import Iterable, Iterator

from app.backends.mail.addresses import Sender
from app.backends.mail.base import MailFailed, Message
from app.backends.mail.letter import written
from app.backends.mail.line import Line
from app.backends.mail.server import Server, server_of

TIMEOUT = 10.0


class SmtpMailer:
    """Opens a connection when there is something to send, and keeps none."""

    def __init__(self, server: Server, sender: Sender, timeout: float) -> None:
        self._server = server
        self._sender = sender
        self._timeout = timeout

    @property
    def shown(self) -> str:
        """Host and port."""
        return self._server.shown

    def send(self, message: Message) -> None:
        """Give one message to the server."""
        [failed] = self.send_all([message])
        if failed:
            raise failed

    def send_all(self, messages: Iterable[Message]) -> Iterator[MailFailed | None]:
        """Give messages to the server; where it is not there, all fail without more waiting."""
        line = self._line()
        try:
            for message in messages:
                yield self._tried(line, message)
        finally:
            line.close()

    def check(self) -> None:
        """Connect, with TLS and password as for a message, and leave again."""
        line = self._line()
        line.open()
        line.close()

    def _tried(self, line: Line, message: Message) -> MailFailed | None:
        try:
            line.carry(written(message, self._sender))
        except ValueError as problem:
            return MailFailed(str(problem), is_final=True)
        except MailFailed as problem:
            return problem
        return None

    def _line(self) -> Line:
        # Looking up this machine's own name can take long and rarely finds a better one.
        return Line(self._server, self._sender.domain, self._timeout)


def open_smtp(url: str, sender: Sender, timeout: float = TIMEOUT) -> SmtpMailer:
    """The mailer of an `smtp://…` or `smtps://…` address; raises ValueError with a sentence."""
    return SmtpMailer(server_of(url), sender, timeout)
