"""Bringing the example company in: its people at once, the rest step by step.

Each step is a transaction of its own that counts itself, so that a step that was cut off is done
again and none is done twice.
"""

import hashlib
import hmac
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from app.clock import now
from app.config import ROOT
from app.db import one_at_a_time, session
from app.errors import Conflict
from app.example import catalogue, history
from app.example import searches as searched
from app.example.people import PEOPLE, TEAMS
from app.models.example import ExampleCompany
from app.models.person import Team, User
from app.queries import people
from app.services import audit, passwords
from app.services.example import content, deals, searches
from app.services.example.rows import ONLY, brought, company
from app.services.storage import NewFile

EXAMPLE_LOCK = 7320
DEALS_AT_ONCE = 40
HERE = "The example company is here already. To take it out: flask example remove"


def password(secret_key: str) -> str:
    """The password of everybody at the example company: the hub's own, known to its machine."""
    digest = hmac.new(secret_key.encode(), b"example", hashlib.sha256).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:12]}"


def want(secret_key: str) -> ExampleCompany:
    """Bring the people in and say that the rest is wanted; raises Conflict where it is here."""
    one_at_a_time(EXAMPLE_LOCK)
    if company() is not None:
        raise Conflict(HERE)
    texts = sum(len(asset.versions) for asset in catalogue.assets())
    wanted = ExampleCompany(id=ONLY, wanted_at=now(), done=0, total=len(_steps()) + texts)
    session.add(wanted)
    _bring_people(passwords.hashed(password(secret_key)))
    audit.record(None, "example.wanted", wanted)
    return wanted


def next_step() -> int | None:
    """The number of the step that is to be done next; none where all are done."""
    wanted = company()
    return None if wanted is None or wanted.done >= len(_steps()) else wanted.done


def prepare(number: int, folder: Path) -> list[NewFile]:
    """The files that a step takes in, from the folder: slow, so outside of any transaction."""
    name, place = _steps()[number]
    return content.staged(catalogue.assets()[place], folder) if name == "asset" else []


def step(number: int, prepared: Sequence[NewFile]) -> None:
    """Do one step with its files, unless somebody else has done it."""
    one_at_a_time(EXAMPLE_LOCK)
    wanted = company()
    if wanted is None or wanted.done != number:
        return
    name, place = _steps()[number]
    if name == "asset":
        content.bring(catalogue.assets()[place], prepared)
    elif name == "retirements":
        content.retire()
    elif name == "deals":
        made = history.deals(catalogue.assets(), wanted.wanted_at)
        deals.bring(made[place : place + DEALS_AT_ONCE])
    elif name == "notes":
        deals.bring_notes(history.deals(catalogue.assets(), wanted.wanted_at))
    else:
        searches.bring(searched.searches(catalogue.assets(), wanted.wanted_at))
    wanted.done = number + 1
    if wanted.done == len(_steps()):
        audit.record(None, "example.loaded", wanted)


def finish() -> bool:
    """Say that it is whole, once every text is read; answers whether it is."""
    wanted = company()
    if wanted is None or wanted.done < len(_steps()) or content.unread():
        return False
    wanted.finished_at = wanted.finished_at or now()
    return True


@contextmanager
def files() -> Iterator[Path]:
    """A folder with all of its files, made by a process of their own."""
    with TemporaryDirectory(prefix="quarterdeck-example-") as folder:
        command = [sys.executable, "-m", "app.example", folder]
        subprocess.run(command, cwd=ROOT, check=True, timeout=300)
        yield Path(folder)


@cache
def _steps() -> Sequence[tuple[str, int]]:
    """What is done one after the other: its name, and a place in the catalogue or the deals."""
    return [
        *(("asset", place) for place in range(len(catalogue.assets()))),
        ("retirements", 0),
        *(("deals", place) for place in range(0, history.DEALS, DEALS_AT_ONCE)),
        ("notes", 0),
        ("searches", 0),
    ]


def _bring_people(password_hash: str) -> None:
    emails = [one.email for one in PEOPLE]
    if session.scalar(select(User.id).where(User.email.in_(emails)).limit(1)):
        raise Conflict("Somebody of the example company has an account here already.")
    teams = {name: _team(name) for name in TEAMS}
    made = [
        User(
            email=one.email,
            name=one.name,
            role=one.role,
            team=teams[one.team] if one.team else None,
            password_hash=password_hash,
            # Their addresses belong to nobody.
            wants_mail=False,
            created_at=now(),
        )
        for one in PEOPLE
    ]
    session.add_all(made)
    session.flush()
    brought("user", [person.id for person in made])


def _team(name: str) -> Team:
    """A team of this name: the company's own, or the example's where there is none."""
    if found := people.team_named(name):
        return found
    made = Team(name=name, folded=name.casefold())
    session.add(made)
    session.flush()
    brought("team", [made.id])
    return made
