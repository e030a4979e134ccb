"""Adoption: whom each piece reaches, how soon after it was published, and what nobody uses."""

from collections.abc import Mapping, Sequence
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
    """What a line needs of a piece, and when it was first published."""

    id: int
    slug: str
    title: str
    kind: Kind
    published_at: datetime


class Kept(NamedTuple):
    """A piece with what was counted of it: `first` is when it was first used, in seconds."""

    asset: Named
    first: int | None
    uses: int
    people: int
    teams: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Adopted:
    """A published piece: its uses in the period, by how many people, and how soon it was used.

    `wait` is the time from its first publication to the first use after; none where there was no
    use, or where it was published before the period.
    """

    asset: Named
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
    """The published pieces, those that reach most people first, and the teams over all pieces.

    `begins` is when the period does, `names` and `sizes` are of the teams.
    """

    snapshot: EvidenceSnapshot
    ranked: Sequence[Kept]
    begins: datetime
    names: Mapping[int, str]
    sizes: Mapping[int, int]

    @property
    def teams(self) -> Sequence[Reach]:
        """The reach of anything at all."""
        return self._reaches(self.snapshot.adoption["teams"])

    @property
    def used(self) -> int:
        """How many of the pieces were used; they come first."""
        return sum(piece.uses > 0 for piece in self.ranked)

    @property
    def usual_wait(self) -> timedelta | None:
        """Half of the pieces published in the period were used sooner; none where none was."""
        waits = [
            max(piece.first - piece.asset.published_at.timestamp(), 0)
            for piece in self.ranked
            if piece.first is not None and piece.asset.published_at >= self.begins
        ]
        return timedelta(seconds=median(waits)) if waits else None

    def pieces(self, first: int = 0, end: int | None = None) -> Sequence[Adopted]:
        """Those from one place to before another, or all: a page makes lines of what it shows."""
        return [self._adopted(piece) for piece in self.ranked[first:end]]

    def _adopted(self, piece: Kept) -> Adopted:
        published_at = piece.asset.published_at
        first = None if piece.first is None else datetime.fromtimestamp(piece.first, UTC)
        return Adopted(
            asset=piece.asset,
            first_used_at=first,
            wait=max(first - published_at, timedelta(0))
            if first and published_at >= self.begins
            else None,
            uses=piece.uses,
            people=piece.people,
            of=sum(self.sizes.values()),
            teams=self._reaches(piece.teams),
        )

    def _reaches(self, teams: Mapping[str, int]) -> Sequence[Reach]:
        """A line for each team with active people, by name."""
        found = [
            Reach(self.names.get(one, ""), teams.get(str(one), 0), of)
            for one, of in self.sizes.items()
        ]
        return sorted(found, key=lambda reach: reach.team.casefold())


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
    ranked = _ranked(actor, snapshot.adoption["pieces"])
    return Adoption(snapshot, ranked, start_of_day(scope.starts_on), names, _sizes(scope))


def _ranked(actor: User, counts: Mapping[str, Any]) -> Sequence[Kept]:
    """Every published piece that the asker may see, those that reach most people first."""
    chosen = (
        assets.visible_to(actor)
        .where(Asset.status == Status.PUBLISHED)
        .with_only_columns(*(getattr(Asset, name) for name in Named._fields))
        .order_by(Asset.id)
    )
    # Plain rows: the session would look after each of them.
    rows = session.connection().execute(chosen).all()
    pieces = [_kept(Named._make(row), counts.get(str(row[0]))) for row in rows]
    pieces.sort(key=lambda piece: piece.asset.title.casefold())
    pieces.sort(key=lambda piece: (piece.people, piece.uses), reverse=True)
    return pieces


def _kept(asset: Named, counts: Mapping[str, Any] | None) -> Kept:
    if counts is None:
        return Kept(asset, None, 0, 0, {})
    teams = counts["teams"]
    return Kept(asset, counts["first"], counts["uses"], sum(teams.values()), teams)


def _sizes(scope: Scope) -> dict[int, int]:
    """How many active people each team has, of those that the scope is about."""
    team = func.coalesce(User.team_id, NO_TEAM)
    chosen = select(team, func.count()).where(User.is_active).group_by(team)
    members = scope.members()
    if members is not None:
        chosen = chosen.where(User.id.in_(members))
    return {row[0]: row[1] for row in session.execute(chosen)}


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
