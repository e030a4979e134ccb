"""Mail that only the log gets, for a hub without a mail server."""

import logging
from collections.abc import Iterable, Iterator

from app.backends.mail.addresses import on_one_line, sendable
from app.backends.mail.base import MailFailed, Message

log = logging.getLogger(__name__)
LINES = 12


class LogMailer:
    """Writes down who would have got what."""

    shown = "the log"

    def send(self, message: Message) -> None:
        """Write the address, the subject and the first lines of the text."""
        [failed] = self.send_all([message])
        if failed:
            raise failed

    def send_all(self, messages: Iterable[Message]) -> Iterator[MailFailed | None]:
        """One after the other."""
        for message in messages:
            yield _written_down(message)

    def check(self) -> None:
        """The log is always there."""


def _written_down(message: Message) -> MailFailed | None:
    try:
        to = sendable(message.to)
    except ValueError as problem:
        return MailFailed(str(problem), is_final=True)
    # A warning, since the log shows nothing below, and this is all that anybody will see of it.
    log.warning("mail to %s: %s%s", to, on_one_line(message.subject), _first(message.text))
    return None


def _first(text: str) -> str:
    """The first lines, indented, so that none of them looks like a line of the log's own."""
    lines = text.strip().splitlines()
    shown = [on_one_line(line) for line in lines[:LINES]]
    return "".join(f"\n    {line}" for line in [*shown, *(["…"] if len(lines) > LINES else [])])
