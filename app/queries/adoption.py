"""Adoption: whom each piece reaches, how soon after it was published, and what nobody uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import extract, func, select

from app.choices import Kind, Status
from app.clock import start_of_day
from app.db import session
from app.inputs.insights import Period
from app.models.asset import Asset
from app.models.evidence import EvidenceSnapshot
from app.models.person import Team, User
from app.models.use import Use
from app.models.version import Version
from app.queries import assets
from app.queries.evidence import snapshots
from app.queries.evidence.scope import Scope, asked_for

NO_TEAM = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of a team's active people used something."""

    team: str
    people: int
    of: int

    @property
    def share(self) -> float | None:
        """The share of them; none of a team without active people."""
        return min(1.0, self.people / self.of) if self.of else None


class Named(NamedTuple):
    """What a line needs of a piece."""

    id: int
    slug: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Adopted:
    """A published piece: its uses in the period, by how many people, and how soon it was used.

    `wait` is the time from its first publication to the first use after; none where there was no
    use, or where it was published before the period.
    """

    asset: Named
    published_at: datetime
    first_used_at: datetime | None
    wait: timedelta | None
    uses: int
    people: int
    of: int
    teams: Sequence[Reach]

    @property
    def share(self) -> float | None:
        """The share of all active people that it reached."""
        return min(1.0, self.people / self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Adoption:
    """The published pieces, those that reach most people first, and the teams over all pieces."""

    snapshot: EvidenceSnapshot
    pieces: Sequence[Adopted]
    teams: Sequence[Reach]

    @property
    def used(self) -> int:
        """How many of the pieces were used."""
        return sum(piece.uses > 0 for piece in self.pieces)

    @property
    def usual_wait(self) -> timedelta | None:
        """Half of the pieces published in the period were used sooner; none where none was."""
        waits = [piece.wait.total_seconds() for piece in self.pieces if piece.wait is not None]
        return timedelta(seconds=median(waits)) if waits else None


def adoption(actor: User, asked: Period) -> Adoption | None:
    """How the published pieces were taken up in a period; none while nothing is worked out.

    Uses of every sort count, but for a buyer's opening. Raises Forbidden where a rep asks for
    another team, Invalid where there is no such team.
    """
    scope = asked_for(actor, asked)
    snapshot = snapshots.nearest(scope)
    if snapshot is None:
        return None
    names = {team.id: team.name for team in session.scalars(select(Team))} | {NO_TEAM: "No team"}
    sizes = _sizes(scope)
    begins = start_of_day(scope.starts_on)
    pieces = [
        _adopted(asset, published_at, snapshot.adoption["pieces"].get(str(asset.id)), names, sizes,
                 is_new=published_at >= begins)
        for asset, published_at in _published(actor)
    ]  # fmt: skip
    pieces.sort(key=lambda one: (-one.people, -one.uses, one.asset.title.casefold(), one.asset.id))
    return Adoption(snapshot, pieces, _reaches(snapshot.adoption["teams"], names, sizes))


def _published(actor: User) -> Iterator[tuple[Named, datetime]]:
    """Every published piece that the asker may see, and when its first version was published."""
    firsts = (
        select(Version.asset_id, func.min(Version.published_at).label("at"))
        .group_by(Version.asset_id)
        .subquery()
    )
    chosen = (
        assets.visible_to(actor)
        .join(firsts, firsts.c.asset_id == Asset.id)
        .where(Asset.status == Status.PUBLISHED, firsts.c.at.is_not(None))
        .with_only_columns(Asset.id, Asset.slug, Asset.title, Asset.kind, firsts.c.at)
    )
    for *named, at in session.execute(chosen):
        yield Named(*named), at


def _sizes(scope: Scope) -> dict[int, int]:
    """How many active people each team has, of those that the scope is about."""
    team = func.coalesce(User.team_id, NO_TEAM)
    chosen = select(team, func.count()).where(User.is_active).group_by(team)
    members = scope.members()
    if members is not None:
        chosen = chosen.where(User.id.in_(members))
    return {row[0]: row[1] for row in session.execute(chosen)}


def _adopted(
    asset: Named,
    published_at: datetime,
    kept: Mapping[str, Any] | None,
    names: Mapping[int, str],
    sizes: Mapping[int, int],
    *,
    is_new: bool,
) -> Adopted:
    first = datetime.fromtimestamp(kept["first"], UTC) if kept else None
    teams = kept["teams"] if kept else {}
    return Adopted(
        asset=asset,
        published_at=published_at,
        first_used_at=first,
        wait=max(first - published_at, timedelta(0)) if first and is_new else None,
        uses=kept["uses"] if kept else 0,
        people=sum(teams.values()),
        of=sum(sizes.values()),
        teams=_reaches(teams, names, sizes),
    )


def _reaches(
    teams: Mapping[str, int], names: Mapping[int, str], sizes: Mapping[int, int]
) -> list[Reach]:
    """A line for each team with active people, by name."""
    found = [Reach(names.get(one, ""), teams.get(str(one), 0), of) for one, of in sizes.items()]
    return sorted(found, key=lambda reach: reach.team.casefold())


def counted(scope: Scope) -> dict[str, Any]:
    """Uses and people of the period, by piece and team, as a snapshot keeps them.

    The group-by over all uses is too slow for a page.
    """
    team = func.coalesce(User.team_id, NO_TEAM)
    by_piece = (
        select(team, func.count(Use.person_id.distinct()), Use.asset_id, func.count(), _first())
        .join(User, User.id == Use.person_id)
        .where(*scope.uses())
        .group_by(team, Use.asset_id)
    )
    used_any = select(Use.id).where(Use.person_id == User.id, *scope.uses()).exists()
    teams = select(team, func.count()).where(used_any).group_by(team)
    pieces: dict[str, Any] = {}
    for team_id, number, asset, uses, first in session.execute(by_piece):
        kept = pieces.setdefault(str(asset), {"first": int(first), "uses": 0, "teams": {}})
        kept["first"] = min(kept["first"], int(first))
        kept["uses"] += uses
        kept["teams"][str(team_id)] = number
    return {"pieces": pieces, "teams": {str(one): n for one, n in session.execute(teams)}}


def _first() -> Any:
    return extract("epoch", func.min(Use.occurred_at))
