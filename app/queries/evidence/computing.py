"""All figures of a scope, from its rows: what a snapshot is made of."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from time import monotonic
from typing import Any

from sqlalchemy import select

from app.choices import Kind, Outcome
from app.db import session
from app.evidence.comparing import Comparison, compare, match, match_all
from app.evidence.mantel_haenszel import Difference
from app.evidence.normal import interval
from app.evidence.revenue import Revenue, Worth, by_asset, extra
from app.evidence.risk_sets import FirstUse, RiskSets
from app.evidence.verdict import MATURE, Judged, Row, Verdict, judge
from app.models.asset import Asset
from app.queries import adoption, scoreboard
from app.queries.evidence import counting
from app.queries.evidence.loading import Ground, covered, ground
from app.queries.evidence.marks import as_columns, mark, settled
from app.queries.evidence.scope import Scope

COUNTED = (
    "used",
    "undated",
    "left",
    "matched",
    "matched_won",
    "comparable",
    "comparable_won",
    "strata",
    "is_clustered",
)


@dataclass(frozen=True, slots=True)
class Computed:
    """The figures of a scope as columns of the three tables, without the snapshot's id."""

    scope: Scope
    snapshot: Mapping[str, Any]
    assets: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]


def compute(scope: Scope) -> Computed:
    """Work out everything; too slow for a page where there is much to read."""
    with _no_collecting():
        return _computed(scope)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of small things are made here, none in a circle; to look for one costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _computed(scope: Scope) -> Computed:
    began, columns = monotonic(), as_columns(mark(scope), settled(scope))
    found = ground(scope)
    sets = RiskSets(found.closed_deals(), found.uses)
    kinds = {row[0]: row[1] for row in session.execute(select(Asset.id, Asset.kind))}
    judged = judge(list(_compared(found, sets, kinds)), is_mature=_is_mature(found))
    own = _own(judged)
    revenue, won = by_asset(_worths(found))
    assets = [of_asset(found, own[asset], revenue.get(asset)) for asset in sorted(found.uses)]
    rows = [of_row(found, sets, one, is_own=own[_asset(one)] is one) for one in judged]
    columns |= _sizes(found) | {
        **_tracked(scope),
        "won": {currency: asdict(one) for currency, one in sorted(won.items())},
        "scoreboard": scoreboard.counted(scope),
        "adoption": adoption.counted(scope),
    }
    columns |= dict.fromkeys(("seconds", "last_seconds"), monotonic() - began)
    return Computed(scope, columns, assets, rows)


def _is_mature(found: Ground) -> bool:
    return bool(found.deals) and len(found.closed) >= MATURE * len(found.deals)


def _compared(found: Ground, sets: RiskSets, kinds: Mapping[int, Kind]) -> Iterator[Row]:
    for asset, of_asset in sorted(found.uses.items()):
        for stage, matched in match_all(sets, asset, of_asset):
            yield Row(asset, kinds.get(asset), stage, matched.reps, compare(sets, matched))


def _asset(one: Judged) -> int:
    assert isinstance(one.row.asset, int)
    return one.row.asset


def _own(judged: Sequence[Judged]) -> dict[int, Judged]:
    """By asset, the row that stands for it."""
    rows: dict[int, dict[int, Judged]] = {}
    for one in judged:
        rows.setdefault(_asset(one), {})[one.row.stage] = one
    return {asset: of_asset[_own_stage(of_asset)] for asset, of_asset in rows.items()}


def _own_stage(rows: Mapping[int, Judged]) -> int:
    return counting.own_stage({stage: one.row.comparison.used for stage, one in rows.items()})


def _sizes(found: Ground) -> dict[str, Any]:
    return {
        "cohort": len(found.deals),
        "closed": len(found.closed),
        "undated": sum(not found.deals[number].entries for number in found.closed),
    }


def _tracked(scope: Scope) -> dict[str, Any]:
    by_team = covered(scope)
    return {"tracked": sum(tracked for tracked, _ in by_team.values()), "coverage": by_team}


def _worths(found: Ground) -> Iterator[Worth]:
    """What each closed deal with an amount is worth, and which assets were used on it."""
    used: dict[int, list[int]] = {number: [] for number in found.deals}
    for asset, of_asset in sorted(found.uses.items()):
        for number in set().union(*of_asset.values()):
            used[number].append(asset)
    for number in found.closed:
        deal = found.deals[number]
        if deal.amount is not None and deal.currency is not None:
            is_won = deal.outcome is Outcome.WON
            yield Worth(deal.amount, deal.currency, is_won, used[number])


def of_asset(found: Ground, own: Judged, revenue: Revenue | None) -> dict[str, Any]:
    """An asset's counts and revenue, as columns."""
    counts = counting.of_asset(found, _asset(own))
    return counts | {"revenue": _lines(own, revenue or Revenue())}


def _lines(own: Judged, revenue: Revenue) -> dict[str, Any]:
    found: dict[str, Any] = {
        "touched": {name: asdict(one) for name, one in sorted(revenue.touched.items())},
        "shared": dict(sorted(revenue.shared.items())),
        "extra": None,
    }
    if own.verdict is not Verdict.CANT_TELL and own.shrunk is not None:
        found["extra"] = asdict(extra(own.shrunk, own.row.comparison.used, revenue))
    return found


def of_row(found: Ground, sets: RiskSets, one: Judged, *, is_own: bool) -> dict[str, Any]:
    """A row's counts and figures, as columns."""
    asset, stage = _asset(one), one.row.stage
    counts = counting.of_row(found, asset, stage)
    is_late = counts["late"] and one.row.lift
    in_time = _in_time(sets, found.uses[asset], stage) if is_late else one.row.lift
    return {
        **counts,
        "is_own": is_own,
        **_counted(one.row.comparison),
        **_pair("lift", one.row.lift),
        **_pair("lift_in_time", in_time),
        **_judgement(one),
    }


def _in_time(
    sets: RiskSets, of_asset: Mapping[int, Mapping[int, FirstUse]], stage: int
) -> Difference | None:
    """The lift without the uses that were reported after the close."""
    kept = {
        one: {deal: use for deal, use in by_deal.items() if not use.is_late}
        for one, by_deal in of_asset.items()
    }
    return compare(sets, match(sets, stage, kept)).difference


def _counted(compared: Comparison) -> dict[str, Any]:
    return {name: getattr(compared, name) for name in COUNTED}


def _pair(name: str, found: Difference | None) -> dict[str, float | None]:
    """A figure and its variance, as columns."""
    return {
        name: found.lift if found else None,
        f"{name}_variance": found.variance if found else None,
    }


def _judgement(one: Judged) -> dict[str, Any]:
    peer, shrunk = one.peer, one.shrunk
    return {
        "peer_lift": peer.lift if peer else None,
        "peer_variance": peer.variance if peer else None,
        "peer_mean": peer.mean if peer else None,
        "peers": peer.count if peer else None,
        "is_among_kind": one.is_among_kind,
        **_pair("shrunk", shrunk),
        "shrunk_low": interval(shrunk.lift, shrunk.variance)[0] if shrunk else None,
        "verdict": one.verdict,
        "reason": one.reason,
        "more_deals_needed": one.more_deals_needed,
    }
