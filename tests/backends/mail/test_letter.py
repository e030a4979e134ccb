"""What arrives is what was written, and nothing that a name or a subject smuggles in."""

from email.header import decode_header, make_header
from email.parser import HeaderParser
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends.mail.addresses import on_one_line, sender_of
from app.backends.mail.base import MailFailed, Message
from app.backends.mail.letter import written
from app.clock import now
from tests.mail import SENDER

HOSTILE = "Rae\r\nBcc: eve@example.com\r\n\r\n<p>\x0b\x85\u2028\x00 \ud800 Grüße"


@pytest.fixture
def received(server, smtp, a_message):
    """Sends a message through a real server; answers what arrived there."""

    def send(sender: str = SENDER, **said: object):
        smtp(server.url, sender).send(a_message(**said))
        return server.messages[-1]

    return send


def test_text_html_and_headers_arrive_as_they_were(received):
    got = received(
        to_name="Räe 日本", subject="Grüße 日本", text="Grüße 日本\n", html="<p>Grüße 日本</p>\n"
    )
    assert (got["Subject"], got.text, got.html) == (
        "Grüße 日本",
        "Grüße 日本\n",
        "<p>Grüße 日本</p>\n",
    )
    [to] = got["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Räe 日本", "rae@example.com")
    assert (got["From"], got.sender, got.recipients) == (
        SENDER,
        "hub@example.com",
        ["rae@example.com"],
    )


def test_a_message_sent_again_can_be_told_by_its_id(received):
    assert received()["Message-ID"] == received()["Message-ID"] == "<note.1@hub.example.com>"


def test_a_message_says_when_and_that_nobody_wrote_it(received):
    got = received()
    assert abs((now() - parsedate_to_datetime(got["Date"])).total_seconds()) < 60
    assert (got["Auto-Submitted"], got["MIME-Version"]) == ("auto-generated", "1.0")
    assert not got.is_multipart()


def test_a_caller_adds_headers_and_replaces_auto_submitted(received):
    link = f"<https://hub.example.com/{'a' * 200}>"
    got = received(headers={"auto-submitted": "auto-replied", "List-Unsubscribe": link})
    assert got.get_all("Auto-Submitted") == ["auto-replied"]
    assert b"List-Unsubscribe: " + link.encode() + b"\r\n" in got.raw


@pytest.mark.parametrize(
    "text",
    [
        ".\n..\nFrom here\n",
        "x" * 5000 + "\n",
        "日本" * 2000 + "\n",
        "spaces at the end   \n\ttab\n=3D\n",
    ],
)
def test_no_text_is_changed_on_the_way(received, text):
    got = received(text=text, html=text)
    assert (got.text, got.html) == (text, text)
    assert got.raw.isascii() and max(map(len, got.raw.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "subject",
    [
        "x" * 3000,
        "word " * 100 + "end",
        "Grüße 日本 " * 30 + "end",
        "=?utf-8?q?not?= encoded",
        "Ü" * 500,
    ],
)
def test_no_subject_is_too_long_or_too_odd(received, subject):
    got = received(subject=subject)
    assert got["Subject"] == subject
    assert max(map(len, got.raw.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "name",
    [
        "Doe, Rae (West)",
        'Rae "the" <eve@example.com>, ' + "long " * 30 + "name",
        "Räe, <eve@example.com> " + "long " * 30 + "name",
    ],
)
def test_a_name_stays_a_name(received, name):
    # Read by the older parser: the newer one puts spaces between the pieces of a long name.
    head = HeaderParser().parsestr(received(to_name=name).raw.decode())
    shown, address = parseaddr(head["To"])
    assert (str(make_header(decode_header(shown))), address) == (name, "rae@example.com")


@pytest.mark.parametrize("where", ["to_name", "subject", "text", "html"])
def test_nothing_hostile_becomes_a_header(received, where):
    usual = set(received(html="<p>").keys())
    got = received(**{"html": "<p>", where: HOSTILE})
    assert set(got.keys()) == usual and got.recipients == ["rae@example.com"]


def test_a_hostile_value_becomes_no_other_header(received):
    got = received(headers={"List-Id": HOSTILE})
    assert "Bcc" not in got and got["List-Id"] == on_one_line(HOSTILE)


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_words_are_a_line_each(subject, name):
    letter = written(
        Message("rae@example.com", name, subject, "words", "", "<1@host>", {"List-Id": subject}),
        sender_of(SENDER),
    )
    head = letter.content.partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] != b" "]
    wanted = b"From To Subject Date Message-ID Auto-Submitted List-Id"
    assert names[:7] == wanted.split() and len(names) == 10
    assert head.isascii() and b"\r" not in head.replace(b"\r\n", b"")


class TestAddresses:
    """Letters outside ASCII are for servers that know them; a domain has a form for all others."""

    def test_a_domain_is_sent_in_ascii(self, received):
        assert received(to="rae@münchen.example").recipients == ["rae@xn--mnchen-3ya.example"]

    def test_a_domain_that_could_become_anothers_is_refused(self, received):
        with pytest.raises(MailFailed, match="xn--"):
            received(to="rae@grüße.example")

    def test_a_person_is_sent_as_written(self, received):
        got = received(to="räe@example.com")
        assert got.recipients == ["räe@example.com"] and "<räe@example.com>".encode() in got.raw

    @pytest.mark.parametrize(
        ("text", "name", "address"),
        [
            ("hub@example.com", "", "hub@example.com"),
            ('"The hub, ours" <hub@example.com>', "The hub, ours", "hub@example.com"),
            ("Grüße <hub@example.com>", "Grüße", "hub@example.com"),
        ],
    )
    def test_a_sender_may_have_a_name(self, received, text, name, address):
        [sender] = received(sender=text)["From"].addresses
        assert (sender.display_name, sender.addr_spec) == (name, address)
