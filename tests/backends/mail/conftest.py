"""Messages, mailers and certificates for the tests of mail."""

import inspect
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.backends.mail.addresses import sender_of
from app.backends.mail.base import Message
from app.backends.mail.smtp import TIMEOUT, SmtpMailer, open_smtp
from app.clock import now
from tests.mail import SENDER, Mailbox


@pytest.fixture
def server() -> Iterator[Mailbox]:
    """A mail server that takes everything, by itself."""
    with Mailbox() as running:
        yield running


@pytest.fixture
def a_message() -> Callable[..., Message]:
    """Writes a message; what is not said does not matter."""

    def write(**said: object) -> Message:
        usual = {
            "to": "rae@example.com",
            "to_name": "Rae",
            "subject": "News",
            "text": "Some words.\n",
            "html": "",
            "message_id": "<note.1@hub.example.com>",
        }
        return Message(**{**usual, **said})

    return write


@pytest.fixture
def smtp() -> Callable[..., SmtpMailer]:
    """Opens a mailer, which waits as long as the hub's own unless it is told otherwise."""

    def open_it(url: str, sender: str = SENDER, timeout: float = TIMEOUT) -> SmtpMailer:
        return open_smtp(url, sender_of(sender), timeout)

    return open_it


@dataclass(frozen=True)
class Certificate:
    """A server's certificate for 127.0.0.1, which is its own authority."""

    file: Path
    context: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate that nobody trusts without its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        # Newer versions of Python insist on the rest.
        .add_extension(_signs_and_certifies(), critical=True)
        .add_extension(key_id, critical=False)
        .add_extension(_of_itself(key_id), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = file.with_suffix(".key")
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, private)
    return Certificate(file, context)


def _signs_and_certifies() -> x509.KeyUsage:
    names = inspect.signature(x509.KeyUsage).parameters
    return x509.KeyUsage(**{name: name in ("digital_signature", "key_cert_sign") for name in names})


def _of_itself(key_id: x509.SubjectKeyIdentifier) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id)
