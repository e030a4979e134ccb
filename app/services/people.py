"""People and teams: who has an account, in which role, and how they come in."""

import hashlib
import hmac

from sqlalchemy import or_, select

from app.choices import Role
from app.clock import now
from app.db import one_at_a_time, session
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.inputs.person import FirstAdmin, NewPerson, PasswordChange, TeamName
from app.models.asset import Asset
from app.models.person import Team, User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import people
from app.services import (
    audit,
    handing_over,
    indexing,
    passwords,
    recalls,
    sessions,
    sign_in,
    tokens,
)

PEOPLE_LOCK = 7307
LAST_ADMIN = "This is the last admin who can sign in. Make somebody else an admin first."


def first_admin_token(secret_key: str) -> str:
    """The token of the first-admin page; it is good only while the hub has no person."""
    return hmac.new(secret_key.encode(), b"first-admin", hashlib.sha256).hexdigest()[:32]


def check_first_admin_token(token: str, secret_key: str) -> None:
    """Raise Forbidden unless this is the token and nobody has an account yet."""
    if people.is_anybody() or not hmac.compare_digest(
        token.encode(), first_admin_token(secret_key).encode()
    ):
        raise Forbidden(
            "This address was for the first start only. Sign in, or ask an admin for an account."
        )


def make_first_admin(new: FirstAdmin, token: str, secret_key: str) -> User:
    """Make the first person, an admin."""
    one_at_a_time(PEOPLE_LOCK)
    check_first_admin_token(token, secret_key)
    person = _account(
        None, NewPerson(email=new.email, name=new.name, role=Role.ADMIN), new.password
    )
    audit.record(person, "person.added", person, {"email": person.email, "role": "admin"})
    return person


def add(actor: User | None, new: NewPerson) -> tuple[User, str]:
    """Make an account; answers the person and their one-time password.

    Without an actor it is the machine's own administrator, at the command line.
    """
    _require(actor)
    one_at_a_time(PEOPLE_LOCK)
    if people.by_email(new.email):
        raise Invalid({"email": ["Somebody with this address has an account already."]})
    password = passwords.one_time()
    person = _account(actor, new, password)
    person.must_change_password = True
    audit.record(actor, "person.added", person, {"email": person.email, "role": new.role.value})
    return person, password


def change(actor: User, person: User, new: NewPerson) -> User:
    """Change a person's address, name, role or team."""
    _require(actor)
    one_at_a_time(PEOPLE_LOCK)
    other = people.by_email(new.email)
    if other is not None and other.id != person.id:
        raise Invalid({"email": ["Somebody else has this address already."]})
    if new.role is not Role.ADMIN:
        _keep_an_admin(person)
    person.email, person.name = new.email.lower(), new.name or _name_from(new.email)
    person.role, person.team = new.role, team(actor, new.team)
    audit.record(actor, "person.changed", person, {"role": new.role.value, "team": new.team})
    _reindex(person)
    return person


def deactivate(actor: User | None, person: User) -> None:
    """End a person's account: sessions and tokens stop at once, their team takes their pieces."""
    _require(actor)
    one_at_a_time(PEOPLE_LOCK)
    if person.is_active:
        _keep_an_admin(person)
        _end_account(actor, person)
        handing_over.hand_over(actor, person)
        recalls.left(person)


def retire_account(person: User) -> None:
    """End the account of somebody who belonged to the example company, the last admin's too."""
    if person.is_active:
        _end_account(None, person)


def activate(actor: User, person: User) -> None:
    """Give a person their account back; their tokens stay revoked."""
    _require(actor)
    if not person.is_active:
        person.is_active = True
        audit.record(actor, "person.activated", person)
        _reindex(person)


def reset_password(actor: User | None, person: User) -> str:
    """Give a person a new one-time password; answers it."""
    _require(actor)
    password = passwords.one_time()
    person.password_hash = passwords.hashed(password)
    person.must_change_password = True
    sessions.end_all(person)
    sign_in.forgive(person)
    audit.record(actor, "person.password_reset", person)
    return password


def change_password(actor: User, new: PasswordChange) -> None:
    """Change one's own password, which ends every session of the person."""
    if not passwords.is_right(new.current, actor.password_hash):
        raise Invalid({"current": ["This is not your password so far."]})
    if new.password == new.current:
        raise Invalid({"password": ["Choose a password that differs from the one so far."]})
    actor.password_hash = passwords.hashed(new.password)
    actor.must_change_password = False
    sessions.end_all(actor)
    audit.record(actor, "person.password_changed", actor)


def want_mail(actor: User, *, is_wanted: bool) -> None:
    """Say whether one wants e-mail beside the inbox; safe to repeat."""
    if actor.wants_mail != is_wanted:
        actor.wants_mail = is_wanted
        audit.record(actor, "person.mail_changed", actor, {"wants_mail": is_wanted})


def sign_out_everywhere(actor: User) -> None:
    """End every session of the person."""
    sessions.end_all(actor)
    audit.record(actor, "person.signed_out_everywhere", actor)


def add_team(actor: User, new: TeamName) -> Team:
    """Make a team."""
    require(actor, Permission.MANAGE_PEOPLE)
    one_at_a_time(PEOPLE_LOCK)
    if people.team_named(new.name):
        raise Conflict(f"There is a team called {new.name} already.")
    made = team(actor, new.name)
    assert made is not None
    return made


def rename_team(actor: User, team_id: int, new: TeamName) -> Team:
    """Call a team something else."""
    require(actor, Permission.MANAGE_PEOPLE)
    one_at_a_time(PEOPLE_LOCK)
    found = session.get(Team, team_id)
    other = people.team_named(new.name)
    if found is None:
        raise NotFound("There is no such team.")
    if other is not None and other.id != team_id:
        raise Conflict(f"There is another team called {new.name}.")
    found.name, found.folded = new.name, new.name.casefold()
    audit.record(actor, "team.changed", found, {"name": new.name})
    return found


def team(actor: User | None, name: str | None) -> Team | None:
    """The team of this name, made if there is none."""
    if name is None:
        return None
    found = people.team_named(name)
    if found is None:
        found = Team(name=name, folded=name.casefold())
        session.add(found)
        session.flush()
        audit.record(actor, "team.added", found, {"name": name})
    return found


def _account(actor: User | None, new: NewPerson, password: str) -> User:
    person = User(
        email=new.email.lower(),
        name=new.name or _name_from(new.email),
        role=new.role,
        team=team(actor, new.team),
        password_hash=passwords.hashed(password),
        is_active=True,
        created_at=now(),
    )
    session.add(person)
    session.flush()
    return person


def _end_account(actor: User | None, person: User) -> None:
    person.is_active = False
    sessions.end_all(person)
    tokens.revoke_all(actor, person)
    audit.record(actor, "person.deactivated", person)
    _reindex(person)


def _name_from(email: str) -> str:
    return email.partition("@")[0]


def _require(actor: User | None) -> None:
    if actor is not None:
        require(actor, Permission.MANAGE_PEOPLE)


def _keep_an_admin(person: User) -> None:
    if person.role is Role.ADMIN and person.is_active and people.active_admins() == 1:
        raise Conflict(LAST_ADMIN)


def _reindex(person: User) -> None:
    """Whatever shows the person's name is shown anew."""
    theirs = select(Version.asset_id).where(Version.created_by_id == person.id)
    shown = select(Asset).where(or_(Asset.owner_id == person.id, Asset.id.in_(theirs)))
    for asset in session.scalars(shown):
        indexing.changed(asset)
