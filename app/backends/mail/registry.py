"""The mailer that this process sends by."""

from app.backends.mail.addresses import sender_of
from app.backends.mail.base import Mailer
from app.backends.mail.log import LogMailer

_mailer: list[Mailer] = []


def open_mailer(url: str, sender: str) -> Mailer:
    """The mailer that a MAIL_URL names, for a MAIL_FROM; raises ValueError with a sentence."""
    known = sender_of(sender)
    scheme, _, rest = url.partition(":")
    if scheme in ("smtp", "smtps") and rest:
        from app.backends.mail.smtp import open_smtp  # noqa: PLC0415

        return open_smtp(url, known)
    if url != "log:":
        # Not repeated here: it may hold a password.
        raise ValueError("no such mailer. Use log:, smtp://<host> or smtps://<host>.")
    return LogMailer()


def use(mailer: Mailer) -> None:
    """Send by this mailer from now on."""
    _mailer[:] = [mailer]


def current() -> Mailer:
    """The mailer of this process."""
    return _mailer[0]
