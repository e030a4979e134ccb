"""Fill an empty database with the cast, as a process of its own; prints a token of each person."""

import json
import sys

from app import db, schema
from app.db import transaction
from app.inputs.person import NewToken
from app.queries import people
from app.services import tokens
from tests import cast


def token(name: str) -> str:
    """A new token of somebody of the cast."""
    person = people.by_email(cast.email(name))
    assert person is not None
    return tokens.issue(None, person, NewToken())


def fill(url: str) -> dict[str, str]:
    """Bring a database up to date and let the cast in; answers their tokens."""
    db.connect(url)
    schema.upgrade()
    cast.enter()
    with transaction():
        issued = {name: token(name) for name in cast.EVERYBODY}
    db.session.remove()
    db.engine().dispose()
    return issued


if __name__ == "__main__":
    print(json.dumps(fill(sys.argv[1])))
