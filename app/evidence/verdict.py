"""From compared rows to what may be said of them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from app.evidence.comparing import Comparison
from app.evidence.discovery import discoveries
from app.evidence.mantel_haenszel import Difference
from app.evidence.normal import two_sided
from app.evidence.peers import FEWEST, PeerLift, beyond_peers
from app.evidence.power import used_deals_needed
from app.evidence.shrinkage import shrunken

FEW_USED = FEW_COMPARABLE = 20
POOR_MATCH = 0.5
FEW_REPS = 5
MATURE = 0.9


class Verdict(StrEnum):
    """Whether a piece helps win."""

    LIKELY_HELPS = "likely_helps"
    LIKELY_HURTS = "likely_hurts"
    CANT_TELL = "cant_tell"


class Reason(StrEnum):
    """Why it cannot be told; the first that applies."""

    FEW_USED = "few_used"
    FEW_COMPARABLE = "few_comparable"
    POOR_MATCH = "poor_match"
    FEW_REPS = "few_reps"
    FEW_PEERS = "few_peers"
    IMMATURE = "immature"
    NO_DIFFERENCE_SEEN = "no_difference_seen"


@dataclass(frozen=True)
class Row:
    """An asset at a stage, compared; `reps` are the people who used it on the used deals."""

    asset: Hashable
    kind: Hashable
    stage: int
    reps: int
    comparison: Comparison

    @cached_property
    def lacks(self) -> Reason | None:
        """The first of the minima that the row does not reach, its peers left aside."""
        compared = self.comparison
        if compared.used < FEW_USED:
            return Reason.FEW_USED
        if compared.comparable < FEW_COMPARABLE:
            return Reason.FEW_COMPARABLE
        if compared.share_matched < POOR_MATCH:
            return Reason.POOR_MATCH
        return Reason.FEW_REPS if self.reps < FEW_REPS else None

    @cached_property
    def lift(self) -> Difference | None:
        """The matched lift, where it rests on enough deals to be shown."""
        is_thin = self.lacks in (Reason.FEW_USED, Reason.FEW_COMPARABLE)
        return None if is_thin else self.comparison.difference


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of a row; `shrunk` is the peer lift drawn towards its group's mean.

    `is_among_kind` says whether its peers are those of its kind, or of every kind; none without
    peers. `more_deals_needed` are used deals; none where nothing is comparable.
    """

    row: Row
    peer: PeerLift | None
    shrunk: Difference | None
    is_among_kind: bool | None
    verdict: Verdict
    reason: Reason | None
    more_deals_needed: int | None


class _Against(NamedTuple):
    """What comes of a row when it is set against its group."""

    peer: PeerLift
    shrunk: Difference
    is_among_kind: bool


def judge(rows: Sequence[Row], *, is_mature: bool) -> list[Judged]:
    """The verdicts on the rows of all assets at all stages, in the order given.

    Peers are the rows that reach the minima and have a lift: those of the same kind at the same
    stage where there are three others, else those of every kind at that stage, else none. The
    tests are those of all rows with peers, together.
    """
    against = _against(rows)
    chances = [two_sided(one.peer.lift, one.peer.variance) for one in against.values()]
    holds = dict(zip(against, discoveries(chances), strict=True))
    return [
        _judged(row, against.get(place), is_mature=is_mature, holds=holds.get(place, False))
        for place, row in enumerate(rows)
    ]


def _judged(row: Row, against: _Against | None, *, is_mature: bool, holds: bool) -> Judged:
    peer, shrunk, is_among_kind = against or (None, None, None)
    reason = row.lacks or _reason(row, peer, is_mature=is_mature, holds=holds)
    verdict = Verdict.CANT_TELL
    if reason is None and peer is not None:
        verdict = Verdict.LIKELY_HELPS if peer.lift > 0 else Verdict.LIKELY_HURTS
    needed = more_deals_needed(row.comparison)
    return Judged(row, peer, shrunk, is_among_kind, verdict, reason, needed)


def _reason(row: Row, peer: PeerLift | None, *, is_mature: bool, holds: bool) -> Reason | None:
    if peer is None and row.lift is not None:
        return Reason.FEW_PEERS
    if not is_mature:
        return Reason.IMMATURE
    return None if holds else Reason.NO_DIFFERENCE_SEEN


def _against(rows: Sequence[Row]) -> dict[int, _Against]:
    """Each row that has peers set against them, by its place."""
    by_stage: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        if row.lacks is None and row.lift is not None:
            by_stage.setdefault(row.stage, []).append(place)
    found: dict[int, _Against] = {}
    for places in by_stage.values():
        found |= _set_against(rows, places, is_kind=False)
        by_kind: dict[Hashable, list[int]] = {}
        for place in places:
            by_kind.setdefault(rows[place].kind, []).append(place)
        for alike in by_kind.values():
            found |= _set_against(rows, alike, is_kind=True)
    return found


def _set_against(
    rows: Sequence[Row], places: Sequence[int], *, is_kind: bool
) -> dict[int, _Against]:
    """Each row of a group against the others; nothing where these are too few."""
    if len(places) <= FEWEST:
        return {}
    peers = beyond_peers([lift for place in places if (lift := rows[place].lift)])
    shrunk = shrunken([Difference(one.lift, one.variance) for one in peers])
    return {
        place: _Against(peer, drawn, is_kind)
        for place, peer, drawn in zip(places, peers, shrunk, strict=True)
    }


def more_deals_needed(compared: Comparison) -> int | None:
    """How many used deals more would show a difference of ten points; 0 where there are enough."""
    if not compared.comparable:
        return None
    base = compared.comparable_won / compared.comparable
    share = compared.matched / (compared.matched + compared.comparable)
    return max(0, used_deals_needed(base, share) - compared.used)
