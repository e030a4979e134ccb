"""Passwords: hashed with Argon2id, compared in constant time, or made for one use."""

import secrets
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# Each takes 64 MB while it runs.
_few = threading.BoundedSemaphore(2)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@cache
def _nobody() -> str:
    """What is compared where there is no person; made once, when it is first needed."""
    return _hasher.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """The Argon2id hash to keep."""
    with _few:
        return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one; takes as long where there is no person at all."""
    try:
        with _few:
            return (
                _hasher.verify(password_hash or _nobody(), password) and password_hash is not None
            )
    except (VerificationError, InvalidHashError):
        return False


def one_time() -> str:
    """A password for one use that can be read out, of 79 bits."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))
