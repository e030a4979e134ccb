"""What happened on a deal, in the order in which it happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.choices import Outcome, Status
from app.models.deal import Deal
from app.models.feedback import Feedback
from app.models.stage import Stage
from app.models.use import Use


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: a stage that was come into, a use, feedback, or the end."""

    at: datetime
    stage: Stage | None = None
    use: Use | None = None
    feedback: Feedback | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece on a deal by its last use, and whether that version is still the one to use."""

    use: Use
    count: int

    @property
    def is_retired(self) -> bool:
        """Whether the piece was taken out since."""
        return self.use.asset.status is Status.RETIRED

    @property
    def superseded_by(self) -> int | None:
        """The number of the version that came after, if one did."""
        current = self.use.asset.current_version
        return current.number if current and current.number != self.use.version.number else None


def of_deal(deal: Deal, uses: Sequence[Use], notes: Sequence[Feedback]) -> Sequence[Happening]:
    """Everything on a deal, the last first."""
    found = [
        *(Happening(entry.entered_at, stage=entry.stage) for entry in deal.stage_history),
        *(Happening(use.occurred_at, use=use) for use in uses),
        *(Happening(note.created_at, feedback=note) for note in notes),
    ]
    if deal.ended_at and deal.closed_on:
        # The close is shown on its day, above all that happened on it.
        found.append(Happening(deal.ended_at - timedelta(seconds=1), outcome=deal.outcome))
    return sorted(found, key=lambda one: one.at, reverse=True)


def pieces(uses: Sequence[Use]) -> Sequence[Piece]:
    """Each piece once, by its last use; `uses` comes newest first."""
    last: dict[int, Use] = {}
    counts: dict[int, int] = {}
    for use in uses:
        last.setdefault(use.asset_id, use)
        counts[use.asset_id] = counts.get(use.asset_id, 0) + 1
    return [Piece(use, counts[asset_id]) for asset_id, use in last.items()]
