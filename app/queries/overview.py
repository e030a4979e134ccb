"""What a manager looks at first: what changed, and what needs a decision, by evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select

from app.choices import FeedbackState, Status
from app.choices import Verdict as Told
from app.clock import start_of_day, today
from app.db import session
from app.evidence.verdict import Verdict
from app.inputs.feedback import FeedbackListing
from app.inputs.insights import CoverageFilter, EvidenceListing, SearchFilter
from app.models.asset import Asset
from app.models.person import User
from app.models.tally import AssetTally
from app.models.version import Version
from app.queries import assets, coverage, feedback, gaps
from app.queries.coverage import Cell
from app.queries.evidence import reading
from app.queries.evidence.reading import Changed, Evidence
from app.queries.gaps import Gap
from app.queries.scoreboard import Scoreboard, scoreboard

SHOWN = 5
# A whole week lies between that day and this one.
WAITED = timedelta(days=8)
Held = Sequence[tuple[Asset, int]]


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page of the insights.

    `evidence` has the pieces with a verdict, `changed` those whose verdict is another one since
    this month began; `holes` are stages and segments with open deals and no
    current piece; `overdue` and `renewed` are pieces with the number of open deals that hold them,
    of which the review is over, or a version of this month is current; `unanswered` counts notes
    without an answer that call a piece wrong and came by the end of `waiting_since`, a whole week
    ago.
    """

    scoreboard: Scoreboard | None
    evidence: Evidence | None
    changed: Sequence[Changed]
    gaps: Sequence[Gap]
    holes: Sequence[Cell]
    overdue: Held
    renewed: Held
    unanswered: int
    waiting_since: date


def overview(actor: User, asked: EvidenceListing) -> Overview:
    """Of the deals and people that are asked for; of the library what the asker may see.

    Raises Forbidden where a rep asks for another team, Invalid where there is no such team.
    """
    told = [Verdict.LIKELY_HELPS, Verdict.LIKELY_HURTS]
    found = reading.evidence(actor, asked.model_copy(update={"verdict": told, "limit": 2 * SHOWN}))
    searched = SearchFilter(team=asked.team)
    return Overview(
        scoreboard=scoreboard(actor, asked),
        evidence=found,
        changed=reading.changed(actor, asked, _this_month(), SHOWN),
        gaps=[gap for gap in gaps.gaps(actor, searched) if gap.deals][:SHOWN],
        holes=_holes(actor),
        overdue=_held(actor, select(Asset.id).where(Asset.review_by < today())),
        renewed=_held(actor, _renewed()),
        unanswered=feedback.count(actor, _waiting()),
        waiting_since=_waiting_since(),
    )


def _holes(actor: User) -> Sequence[Cell]:
    cells = coverage.coverage(actor, CoverageFilter()).cells.values()
    empty = [cell for cell in cells if cell.deals and not cell.pieces]
    return sorted(empty, key=lambda cell: -(cell.deals or 0))[:SHOWN]


def _renewed() -> Select[int]:
    """Pieces of which a later version than the first became current this month."""
    begins = start_of_day(_this_month())
    return select(Version.asset_id).where(
        Version.is_current, Version.number > 1, Version.published_at >= begins
    )


def _this_month() -> date:
    return today().replace(day=1)


def _held(actor: User, which: Select[int]) -> Held:
    """Of these published pieces those that most open deals hold."""
    chosen = (
        assets.visible_to(actor)
        .join(AssetTally, AssetTally.asset_id == Asset.id)
        .where(Asset.status == Status.PUBLISHED, AssetTally.open_deals > 0, Asset.id.in_(which))
        .add_columns(AssetTally.open_deals)
        .order_by(AssetTally.open_deals.desc(), Asset.id)
    )
    return [(asset, number) for asset, number in session.execute(chosen.limit(SHOWN))]


def _waiting_since() -> date:
    return today() - WAITED


def _waiting() -> FeedbackListing:
    return FeedbackListing(
        verdict=[Told.WRONG], state=[FeedbackState.OPEN], to=_waiting_since(), limit=1
    )
