"""The contract of a mailer, on every mailer there is."""

import logging
import subprocess
import sys

import pytest

from app.backends.mail.base import MailFailed
from app.backends.mail.registry import open_mailer
from tests.hub import ROOT
from tests.mail import SENDER


@pytest.fixture(params=["log", "smtp"])
def mailer(request, caplog):
    """A mailer, and where its messages can be looked for."""
    caplog.set_level(logging.WARNING)
    if request.param == "log":
        return open_mailer("log:", SENDER)
    return open_mailer(request.getfixturevalue("server").url, SENDER)


@pytest.fixture
def arrived(request, mailer, caplog):
    """Counts the messages that arrived."""

    def count() -> int:
        if mailer.shown == "the log":
            return sum(one.message.startswith("mail to") for one in caplog.records)
        return len(request.getfixturevalue("server").messages)

    return count


def test_a_message_is_given_away(mailer, arrived, a_message):
    mailer.send(a_message())
    assert arrived() == 1


def test_a_mailer_that_works_passes_its_check_and_sends_nothing(mailer, arrived):
    mailer.check()
    assert arrived() == 0


@pytest.mark.parametrize(
    "address", ["", "rae", "rae@", "@example.com", "a b@example.com", "a@b.c\r\nRSET", "a@b,c@d"]
)
def test_what_is_no_address_is_refused_for_good(mailer, arrived, a_message, address):
    with pytest.raises(MailFailed, match="no e-mail address") as refusal:
        mailer.send(a_message(to=address))
    assert refusal.value.is_final and arrived() == 0


def test_one_that_fails_among_several_holds_up_nobody(mailer, arrived, a_message):
    three = [a_message(), a_message(to="nonsense"), a_message()]
    assert [failed and failed.is_final for failed in mailer.send_all(three)] == [None, True, None]
    assert arrived() == 2


def test_a_message_leaves_when_its_turn_comes(mailer, arrived, a_message):
    sending = mailer.send_all([a_message(), a_message()])
    next(sending)
    assert arrived() == 1


@pytest.mark.parametrize("url", ["", "log", "log:file", "smtp:", "sendmail:", "http://host"])
def test_an_unknown_mailer_is_refused_with_a_sentence(url):
    with pytest.raises(ValueError, match="no such mailer"):
        open_mailer(url, SENDER)


@pytest.mark.parametrize("sender", ["", "Quarterdeck", "Quarterdeck <hub>", "a b@c", "<>"])
def test_a_sender_without_an_address_is_refused(sender):
    with pytest.raises(ValueError, match="no e-mail address"):
        open_mailer("log:", sender)


@pytest.mark.parametrize(
    "message_id", ["", "note.1@host", "<note>", "<a@b>\r\nBcc: <c@d>", "<ü@b>"]
)
def test_a_message_has_an_id_that_servers_understand(a_message, message_id):
    with pytest.raises(ValueError, match="no message id"):
        a_message(message_id=message_id)


@pytest.mark.parametrize("name", ["", "Bcc", "from", "Content-Type", "X-A: b\r\nBcc", "Ü"])
def test_a_message_is_given_no_header_that_is_the_mailers_own(a_message, name):
    with pytest.raises(ValueError, match="cannot be given the header"):
        a_message(headers={name: "x"})


def test_the_log_says_to_whom_about_what_and_how_it_begins(caplog, a_message):
    text = "Dear Rae,\n2026-01-01 app: not a line of the log\n" + "more\n" * 50
    open_mailer("log:", SENDER).send(a_message(subject="Two\nlines", text=text))
    first, *rest = caplog.records[-1].message.splitlines()
    assert first == "mail to rae@example.com: Two lines"
    assert len(rest) == 13 and all(line.startswith("    ") for line in rest)


def test_a_hub_without_a_mail_server_does_not_load_smtplib():
    code = "import sys, app.factory; sys.exit('smtplib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
