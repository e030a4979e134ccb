"""Mail by SMTP: passwords, TLS, refusals, and servers that are not there."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from app.backends.mail.base import MailFailed
from app.backends.mail.server import server_of
from app.backends.mail.smtp import TIMEOUT
from tests.mail import Mailbox

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

PASSWORD = "s3c/ret@home"
LOGIN = ("hub", PASSWORD)
GIVEN = "hub:s3c%2Fret%40home@"
BRIEFLY = 0.5


@pytest.fixture
def told(smtp, a_message):
    """Sends a message that will not be taken; answers what is said of it, and if it is final."""

    def send(url: str, timeout: float = TIMEOUT, **said: object) -> tuple[str, bool]:
        with pytest.raises(MailFailed) as failed:
            smtp(url, timeout=timeout).send(a_message(**said))
        assert failed.value.sentence.startswith("The mail server 127.0.0.1:")
        return failed.value.sentence, failed.value.is_final

    return send


class Silent:
    """A server that takes connections and says nothing."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self.place = f"127.0.0.1:{listening.getsockname()[1]}"

    def connections(self) -> int:
        """How often somebody has come since this was asked last."""
        self._listening.setblocking(False)
        come = 0
        with suppress(BlockingIOError):
            while True:
                self._listening.accept()[0].close()
                come += 1
        return come


@pytest.fixture
def silent():
    """A server that says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Silent(listening)


@pytest.fixture
def curt():
    """A server that hangs up as soon as it has refused somebody, which is everybody but Rae."""

    class Curt(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 curt\r\n")
            for line in self.rfile:
                is_refused = line.startswith(b"rcpt") and b"rae@" not in line
                is_text = line.startswith(b"data")
                self.wfile.write(b"550 No\r\n" if is_refused else b"354 \r\n" * is_text)
                while is_text and self.rfile.readline() != b".\r\n":
                    pass
                if is_refused:
                    return
                self.wfile.write(b"250 Yes\r\n")

    with ThreadingTCPServer(("127.0.0.1", 0), Curt) as serving:
        Thread(target=serving.serve_forever, args=(0.05,), daemon=True).start()
        yield f"smtp://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()


class TestPasswords:
    """User and password are given where they are safe, and never told."""

    @pytest.mark.parametrize(("known", "other"), [("PLAIN", "LOGIN"), ("LOGIN", "PLAIN")])
    def test_they_are_given_as_the_server_asks(self, smtp, a_message, known, other):
        with Mailbox(login=LOGIN, auth_exclude_mechanism=[other]) as server:
            smtp(f"smtp://{GIVEN}127.0.0.1:{server.port}?tls=off").send(a_message())
            assert len(server.messages) == 1

    def test_wrong_ones_are_told_and_may_be_put_right(self, told):
        with Mailbox(login=LOGIN) as server:
            sentence, is_final = told(f"smtp://hub:wrong@127.0.0.1:{server.port}?tls=off")
        assert "user and password of MAIL_URL: 535" in sentence and not is_final

    @pytest.mark.parametrize("echo", ["wrong", "AGh1YgB3cm9uZw==", "d3Jvbmc="])
    def test_a_server_that_repeats_them_is_not_repeated(self, told, echo):
        with Mailbox(login=LOGIN) as server:
            server.refuse(f"535 <{echo}> is not it", at="AUTH")
            sentence, _ = told(f"smtp://hub:wrong@127.0.0.1:{server.port}?tls=off")
        assert "535 <…> is not it" in sentence

    def test_they_are_not_sent_where_others_can_listen(self, told):
        with Mailbox(login=LOGIN) as server:
            sentence, is_final = told(f"smtp://{GIVEN}127.0.0.1:{server.port}")
        assert "offers no TLS" in sentence and "?tls=off" in sentence and not is_final

    def test_a_server_that_asks_for_them_is_told_of(self, server, told):
        server.refuse("530 5.7.0 Who are you?")
        assert told(server.url) == (
            f"The mail server 127.0.0.1:{server.port} does not take the recipient now: "
            "530 5.7.0 Who are you?",
            False,
        )

    def test_a_server_that_takes_none_is_told_of(self, told):
        with Mailbox(auth_exclude_mechanism=["PLAIN", "LOGIN"]) as server:
            sentence, _ = told(f"smtp://{GIVEN}127.0.0.1:{server.port}?tls=off")
        assert "takes no password" in sentence

    def test_they_are_in_no_description(self):
        assert PASSWORD not in repr(server_of(f"smtp://{GIVEN}host"))


class TestTls:
    """Certificates are looked at, always."""

    @pytest.fixture
    def starttls(self, certificate):
        """A server that offers TLS, and asks for the password after it."""
        with Mailbox(starttls=certificate.context, login=LOGIN, require_starttls=True) as server:
            yield server

    @pytest.fixture
    def smtps(self, certificate):
        """A server that speaks TLS from the start."""
        with Mailbox(tls=certificate.context) as server:
            yield server

    @pytest.mark.parametrize("wish", ["", "tls=required&"])
    def test_it_is_used_where_offered(self, smtp, starttls, certificate, a_message, wish):
        url = f"smtp://{GIVEN}127.0.0.1:{starttls.port}?{wish}ca={certificate.file}"
        smtp(url).send(a_message())
        assert len(starttls.messages) == 1

    def test_it_can_be_spoken_from_the_start(self, smtp, smtps, certificate, a_message):
        smtp(f"smtps://127.0.0.1:{smtps.port}?ca={certificate.file}").send(a_message())
        assert len(smtps.messages) == 1

    def test_a_stranger_is_not_trusted(self, told, starttls):
        sentence, is_final = told(f"smtp://{GIVEN}127.0.0.1:{starttls.port}")
        assert "not trusted" in sentence and "?ca=" in sentence and not is_final

    def test_a_stranger_is_not_trusted_from_the_start(self, told, smtps):
        assert "not trusted" in told(f"smtps://127.0.0.1:{smtps.port}")[0]

    def test_the_name_must_be_that_of_the_certificate(self, smtp, smtps, certificate):
        with pytest.raises(MailFailed, match="not trusted"):
            smtp(f"smtps://localhost:{smtps.port}?ca={certificate.file}").check()

    def test_where_it_is_required_nothing_goes_without(self, server, told):
        sentence, is_final = told(server.url.replace("off", "required"))
        assert "offers no TLS" in sentence and not is_final and server.messages == []

    def test_a_port_that_does_not_begin_with_it_needs_another_address(self, server, told):
        assert "need smtp://" in told(f"smtps://127.0.0.1:{server.port}")[0]


class TestRefusals:
    """A five is for good, a four for now."""

    @pytest.mark.parametrize(
        ("at", "answer", "is_final"),
        [
            ("RCPT", "550 5.1.1 No such person", True),
            ("DATA", "554 5.7.1 Not this", True),
            ("MAIL", "552 5.3.4 Too large", True),
            ("RCPT", "451 4.7.1 Come back later", False),
            ("RCPT", "421 4.3.2 Closing", False),
            ("DATA", "452 4.3.1 No room", False),
            ("MAIL", "451 4.3.0 Not now", False),
            ("MAIL", "550 5.7.1 Not from you", False),
        ],
    )
    def test_the_server_says_which(self, server, told, at, answer, is_final):
        server.refuse(answer, at=at)
        sentence, found = told(server.url)
        assert sentence.endswith(answer) and found == is_final and server.messages == []

    def test_an_address_that_the_server_cannot_know_is_final(self, told):
        with Mailbox(enable_SMTPUTF8=False) as server:
            assert told(server.url, to="räe@example.com")[1]

    def test_one_person_who_is_refused_holds_up_nobody(self, server, smtp, a_message):
        server.refuse("550 5.1.1 No such person", to="rob@example.com")
        three = [a_message(to=f"{name}@example.com") for name in ("rae", "rob", "mia")]
        failures = list(smtp(server.url).send_all(three))
        assert [failed and failed.is_final for failed in failures] == [None, True, None]
        assert len(server.messages) == 2 and server.connections == 1

    def test_a_connection_that_the_server_ends_is_opened_again(self, server, smtp, a_message):
        server.refuse("421 4.7.0 Enough for one connection", to="rob@example.com")
        three = [a_message(to=f"{name}@example.com") for name in ("rae", "rob", "mia")]
        failures = list(smtp(server.url).send_all(three))
        assert [failed and failed.is_final for failed in failures] == [None, False, None]
        assert len(server.messages) == 2 and server.connections == 2

    def test_a_server_that_hangs_up_on_one_refuses_nobody_else(self, curt, smtp, a_message):
        three = [a_message(to=f"{name}@example.com") for name in ("rob", "mia", "rae")]
        failures = list(smtp(curt).send_all(three))
        assert [failed and failed.is_final for failed in failures] == [True, True, None]


class TestAway:
    """A server that is not there is waited for once, and not for long."""

    def test_one_that_is_gone(self, told):
        with Mailbox() as server:
            url = server.url
        sentence, is_final = told(url)
        assert "cannot be reached: Connection refused" in sentence and not is_final

    def test_one_that_has_no_address(self, smtp):
        with pytest.raises(MailFailed, match="cannot be reached") as failed:
            smtp("smtp://nowhere.invalid").check()
        assert not failed.value.is_final

    @pytest.mark.parametrize("scheme", ["smtp", "smtps"])
    def test_one_that_says_nothing(self, told, silent, scheme):
        began = time.monotonic()
        sentence, is_final = told(f"{scheme}://{silent.place}", BRIEFLY)
        assert "does not answer in time" in sentence and not is_final
        assert time.monotonic() - began < TIMEOUT and silent.connections() == 1

    def test_many_messages_wait_for_it_no_longer_than_one(self, smtp, silent, a_message):
        mailer = smtp(f"smtp://{silent.place}", timeout=BRIEFLY)
        failures = list(mailer.send_all([a_message()] * 20))
        assert len(failures) == 20 and not any(failed.is_final for failed in failures)
        assert silent.connections() == 1

    def test_one_that_speaks_something_else(self, told):
        with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as thread:
            thread.submit(lambda: listening.accept()[0].sendall(b"SSH-2.0-something\r\n"))
            sentence, is_final = told(f"smtp://127.0.0.1:{listening.getsockname()[1]}")
        assert "does not speak SMTP" in sentence and not is_final


class TestAddresses:
    """A MAIL_URL names one server, or is refused without a word of the password."""

    @pytest.mark.parametrize(
        ("url", "shown", "tls"),
        [
            ("smtp://host", "host:587", "if offered"),
            ("smtp://host:25/?tls=off", "host:25", "off"),
            ("smtp://host?tls=required", "host:587", "required"),
            ("smtps://a%40b:p@host", "host:465", "from the start"),
            ("smtp://[::1]:25", "[::1]:25", "if offered"),
        ],
    )
    def test_it_says_where_and_how(self, url, shown, tls):
        server = server_of(url)
        assert (server.shown, server.tls) == (shown, tls)

    @pytest.mark.parametrize(
        "url",
        [
            "smtp://",
            "smtp:host",
            "smtp://hub:s3cret/more@host",
            "smtp://hub:s3cret:587",
            "smtp://hub:s3cret@host:0",
            "smtp://hub:s3cret@host:99999",
            "smtp://hub:s3cret@host/path",
            "smtp://hub:s3cret@host#part",
            "smtp://hub:s3cret@ho℀st",
            "smtp://hub:s3cretü@host",
            "smtp://hub@host",
            "smtp://:s3cret@host",
            "smtp://hub:s3cret@host?tls=maybe",
            "smtp://hub:s3cret@host?verify=no",
            "smtps://hub:s3cret@host?tls=off",
            "smtp://hub:s3cret@host?ca=here.pem",
            "smtp://hub:s3cret@host?ca=/no/such.pem",
            "smtp://hub:s3cret@host?ca=/etc/passwd",
        ],
    )
    def test_a_wrong_one_is_refused(self, url):
        with pytest.raises(ValueError, match=r"smtps?://|ca=") as refusal:
            server_of(url)
        assert "s3cret" not in str(refusal.value)
