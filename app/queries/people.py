"""People, teams and tokens."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, case, false, func, or_, select

from app.choices import Role
from app.db import session
from app.errors import Invalid, NotFound
from app.models.person import SignedIn, SignInAttempt, Team, Token, User
from app.policy.permissions import Permission
from app.policy.rules import allows, require

# Asked at every request, so put together once.
TOKEN = select(Token).where(Token.token_hash == bindparam("hash"))
SIGNED_IN = select(SignedIn).where(SignedIn.key_hash == bindparam("hash"))


def by_email(email: str) -> User | None:
    """A person by their address, in any case."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def signed_in(key_hash: str) -> SignedIn | None:
    """The session with this hash, if its person may still come in."""
    found = session.scalar(SIGNED_IN, {"hash": key_hash})
    return found if found and found.user.is_active else None


def get(actor: User, person_id: int) -> User:
    """One person, for those who manage people."""
    require(actor, Permission.MANAGE_PEOPLE)
    found = session.get(User, person_id)
    if found is None:
        raise NotFound("There is no such person.")
    return found


def everybody(actor: User) -> Sequence[User]:
    """All people by name, the active first."""
    require(actor, Permission.MANAGE_PEOPLE)
    return session.scalars(select(User).order_by(User.is_active.desc(), User.name)).all()


def teams(actor: User) -> Sequence[tuple[Team, int]]:
    """All teams by name, with how many active people each has."""
    require(actor, Permission.MANAGE_PEOPLE)
    counted = (
        select(Team, func.count(User.id))
        .outerjoin(User, (User.team_id == Team.id) & User.is_active)
        .group_by(Team.id)
        .order_by(Team.name)
    )
    return [(team, number) for team, number in session.execute(counted)]


def teams_to_compare(actor: User) -> Sequence[Team]:
    """The teams whose figures this person may ask for one by one, by name."""
    found = session.scalars(select(Team).order_by(Team.name)).all()
    return [team for team in found if allows(actor, Permission.READ_INSIGHTS, team)]


def team_named(name: str) -> Team | None:
    """A team by its name, in any case."""
    return session.scalar(select(Team).where(Team.folded == name.casefold()))


def team_to_read(actor: User, name: str) -> Team:
    """The team of this name, whose figures the person may read; raises Invalid or Forbidden."""
    found = team_named(name)
    if found is None:
        raise Invalid({"team": [f"There is no team called {name}."]})
    require(actor, Permission.READ_INSIGHTS, found)
    return found


def to_read_of(actor: User, team: str | None) -> Select[int]:
    """The ids of the people whose figures this person may read: all, for a rep the own team.

    Raises Invalid where there is no such team, Forbidden where a rep asks for another one.
    """
    everybody = select(User.id)
    if team is not None:
        return everybody.where(User.team_id == team_to_read(actor, team).id)
    if actor.role is not Role.REP:
        return everybody
    is_same_team = User.team_id == actor.team_id if actor.team_id is not None else false()
    return everybody.where(or_(User.id == actor.id, is_same_team))


def owners() -> Sequence[User]:
    """Who can be an asset's owner: every active person, by name."""
    return session.scalars(select(User).where(User.is_active).order_by(User.name)).all()


def is_anybody() -> bool:
    """Whether anybody can sign in."""
    return session.scalar(select(User.id).where(User.is_active).limit(1)) is not None


def first_publisher() -> User | None:
    """The longest-standing person who may publish."""
    may = select(User).where(User.is_active, User.role.in_((Role.ADMIN, Role.MARKETER)))
    return session.scalar(may.order_by(User.role != Role.ADMIN, User.id).limit(1))


def active_admins() -> int:
    """How many admins can sign in."""
    found = select(func.count()).where(User.role == Role.ADMIN, User.is_active)
    return session.scalar(found) or 0


def tokens(actor: User) -> Sequence[Token]:
    """The person's own tokens that still stand, newest first."""
    mine = select(Token).where(Token.user_id == actor.id, Token.revoked_at.is_(None))
    return session.scalars(mine.order_by(Token.id.desc())).all()


def token_by_hash(token_hash: str) -> Token | None:
    """A token by the hash of what was sent."""
    return session.scalar(TOKEN, {"hash": token_hash})


def own_token(actor: User, token_id: int) -> Token:
    """One of the person's own tokens."""
    found = session.get(Token, token_id)
    if found is None or found.user_id != actor.id:
        raise NotFound("There is no such token of yours.")
    return found


def attempts_since(keys: Sequence[str], since: datetime) -> dict[str, int]:
    """How many failed sign-ins each of these keys has since then."""
    counted = (
        select(SignInAttempt.key, func.count())
        .where(SignInAttempt.key.in_(keys), SignInAttempt.at >= since)
        .group_by(SignInAttempt.key)
    )
    return {row[0]: row[1] for row in session.execute(counted)}


def leaders_of(person: User) -> Sequence[User]:
    """Who leads this person's team, by name; where nobody does, the admins."""
    active = select(User).where(User.is_active, User.id != person.id).order_by(User.name)
    leads = active.where(User.role == Role.MANAGER, User.team_id == person.team_id)
    found = session.scalars(leads).all() if person.team_id is not None else []
    return found or session.scalars(active.where(User.role == Role.ADMIN)).all()


def heir_of(person: User) -> User | None:
    """Who takes over what belongs to somebody: of their team a marketer, else its manager;
    else the longest-standing other person who may publish.
    """
    others = select(User).where(User.is_active, User.id != person.id)
    rank = case((User.role == Role.MARKETER, 0), (User.role == Role.ADMIN, 1), else_=2)
    team = others.where(User.team_id == person.team_id, User.role != Role.REP)
    found = session.scalar(team.order_by(rank, User.id).limit(1)) if person.team_id else None
    may = others.where(User.role.in_((Role.ADMIN, Role.MARKETER)))
    return found or session.scalar(may.order_by(rank, User.id).limit(1))
