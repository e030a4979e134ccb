"""One conversation with a mail server: connect, be known, hand over letters, take leave."""

from contextlib import suppress
from smtplib import SMTP, SMTP_SSL

from app.backends.mail.base import MailFailed
from app.backends.mail.failures import failure
from app.backends.mail.letter import Letter
from app.backends.mail.server import Server

KNOWN_WAYS = {"CRAM-MD5", "LOGIN", "PLAIN"}


class Line:
    """A connection that is opened when it is needed, and again when it was lost after some use."""

    def __init__(self, server: Server, name: str, timeout: float) -> None:
        self._server = server
        self._name = name
        self._timeout = timeout
        self._opened: SMTP | None = None
        self._was_of_use = True
        self._given_up: MailFailed | None = None

    def carry(self, letter: Letter) -> None:
        """Give a letter to the server; raises MailFailed."""
        if self._given_up:
            raise self._given_up
        try:
            self._hand_over(self.open(), letter)
            self._was_of_use = True
        except MailFailed as problem:
            self._look_after(problem)
            raise

    def open(self) -> SMTP:
        """Connect, unless that was done; raises MailFailed."""
        if self._opened is None:
            self._was_of_use = False
            try:
                self._opened = self._connect()
                self._introduce(self._opened)
            except (OSError, ValueError) as problem:
                self.close()
                raise failure(problem, self._server) from None
            except MailFailed:
                self.close()
                raise
        return self._opened

    def close(self) -> None:
        """Take leave; what the server says to that changes nothing."""
        if self._opened is not None:
            with suppress(OSError):
                self._opened.quit()
            self._opened.close()
            self._opened = None

    def _connect(self) -> SMTP:
        server, timeout = self._server, self._timeout
        if server.tls == "from the start":
            return SMTP_SSL(
                server.host, server.port, self._name, timeout=timeout, context=server.trust
            )
        return SMTP(server.host, server.port, self._name, timeout=timeout)

    def _introduce(self, opened: SMTP) -> None:
        server = self._server
        opened.ehlo_or_helo_if_needed()
        is_offered = opened.has_extn("starttls")
        if server.tls == "required" or (server.tls == "if offered" and is_offered):
            if not is_offered:
                raise self._failed("offers no TLS, which MAIL_URL requires.")
            opened.starttls(context=server.trust)
            opened.ehlo_or_helo_if_needed()
        elif server.tls == "if offered" and server.password:
            raise self._failed(
                "offers no TLS, and a password is not sent without. "
                "Add ?tls=off to MAIL_URL if nobody can listen on the way."
            )
        if server.password:
            if not KNOWN_WAYS & set(opened.esmtp_features.get("auth", "").upper().split()):
                raise self._failed(
                    f"takes no password by {', '.join(sorted(KNOWN_WAYS))}. "
                    "If it needs none, leave user and password out of MAIL_URL."
                )
            opened.login(server.user, server.password)

    def _hand_over(self, opened: SMTP, letter: Letter) -> None:
        options = ("SMTPUTF8", "BODY=8BITMIME") if letter.needs_utf8 else ()
        if options and not opened.has_extn("smtputf8"):
            raise self._failed("knows only addresses in ASCII.", is_final=True)
        try:
            opened.sendmail(letter.sender, [letter.to], letter.content, options)
        except (OSError, ValueError) as problem:
            raise failure(problem, self._server) from None

    def _look_after(self, problem: MailFailed) -> None:
        """After a failure: was it the message's, or is the connection lost?"""
        if self._opened is not None and self._opened.sock is not None:
            return
        self._opened = None
        # Many servers end a connection after so many messages; one that took none is not there.
        # What is final was said of one message, and is not true of the next.
        if not self._was_of_use and not problem.is_final:
            self._given_up = problem

    def _failed(self, what: str, *, is_final: bool = False) -> MailFailed:
        return MailFailed(f"The mail server {self._server.shown} {what}", is_final=is_final)
