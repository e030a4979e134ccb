"""What it means when a mail server refuses, or is not there: for this message, or for now."""

import smtplib
import ssl

from app.backends.mail.addresses import on_one_line
from app.backends.mail.base import MailFailed
from app.backends.mail.server import Server

# A server that wants to know first who asks; that is mended in the settings.
_WHO_ASKS = (530, 534, 535, 538)
_TOO_LARGE = 552
_LONGEST_ANSWER = 300


def failure(problem: Exception, server: Server) -> MailFailed:
    """What went wrong while speaking with a server, as a sentence."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        [(code, answer)] = problem.recipients.values()
        return _refused("the recipient", code, answer, server)
    if isinstance(problem, smtplib.SMTPDataError):
        return _refused("the message", problem.smtp_code, problem.smtp_error, server)
    if isinstance(problem, smtplib.SMTPSenderRefused) and problem.smtp_code == _TOO_LARGE:
        return _refused("the message", problem.smtp_code, problem.smtp_error, server)
    sentence = f"The mail server {server.shown} {_trouble(problem, server)}"
    return MailFailed(sentence, is_final=False)


def _refused(what: str, code: int, answer: bytes | str, server: Server) -> MailFailed:
    """A refusal in the middle of a conversation: final where the server says so by a 5."""
    is_final = 500 <= code < 600 and code not in _WHO_ASKS
    verb = "refused" if is_final else "does not take"
    when = "" if is_final else " now"
    said = _said(code, answer, server)
    return MailFailed(
        f"The mail server {server.shown} {verb} {what}{when}: {said}", is_final=is_final
    )


def _trouble(problem: Exception, server: Server) -> str:
    """What is wrong with server, connection or settings, and where to look."""
    if isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError):
        return (
            "does not answer in time. Check host and port of MAIL_URL; a port that speaks TLS from "
            "the start, such as 465, needs smtps://."
        )
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        said = _said(problem.smtp_code, problem.smtp_error, server)
        return f"does not take the user and password of MAIL_URL: {said}"
    if isinstance(problem, smtplib.SMTPSenderRefused) and problem.smtp_code >= 500:
        said = _said(problem.smtp_code, problem.smtp_error, server)
        return f"does not take mail from the address in MAIL_FROM: {said}"
    if isinstance(problem, smtplib.SMTPResponseException):
        said = _said(problem.smtp_code, problem.smtp_error, server)
        return f"does not take mail now: {said}"
    return _no_connection(problem)


def _no_connection(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return (
            f"has a certificate that is not trusted ({problem.verify_message}). Name its authority "
            "in MAIL_URL by ?ca=<file>, and the server as the certificate does."
        )
    if isinstance(problem, ssl.SSLError):
        return (
            f"could not agree on TLS ({problem.reason}). smtps:// is for ports that begin with it, "
            "such as 465; others, such as 587, need smtp://."
        )
    if isinstance(problem, smtplib.SMTPServerDisconnected):
        return "ended the connection. Trying again later may help."
    if isinstance(problem, OSError) and problem.strerror:
        return f"cannot be reached: {problem.strerror}. Check MAIL_URL, and that it runs."
    return f"answers what cannot be understood ({type(problem).__name__}). Check MAIL_URL."


def _said(code: int, answer: bytes | str, server: Server) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    line = on_one_line(server.unsaid(text))[:_LONGEST_ANSWER]
    return f"{code} {line}" if code > 0 else "it does not speak SMTP. Check the port in MAIL_URL."
