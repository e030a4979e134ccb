"""Coverage: on how many of the closed deals anything was tracked at all, by team."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.db import session
from app.models.evidence import EvidenceSnapshot
from app.models.person import Team
from app.queries.evidence.loading import NO_TEAM


class Covered(NamedTuple):
    """Of a team's closed deals those on which any use was tracked."""

    team: str
    tracked: int
    closed: int

    @property
    def share(self) -> float:
        """The share of them; a team without closed deals has no line."""
        return self.tracked / self.closed


def by_team(snapshot: EvidenceSnapshot) -> Sequence[Covered]:
    """The teams that own closed deals, by name; deals of nobody and of people without one last."""
    names = {team.id: team.name for team in session.scalars(select(Team))}
    counts = {int(team): numbers for team, numbers in snapshot.coverage.items()}
    rest = [Covered("No team", *counts[NO_TEAM])] if NO_TEAM in counts else []
    known = [Covered(names[team], *numbers) for team, numbers in counts.items() if team in names]
    return [*sorted(known, key=lambda one: one.team.casefold()), *rest]
