"""What is planted in the example company is found, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from app.choices import Outcome
from app.clock import start_of_day
from app.evidence.comparing import compare, match
from app.evidence.risk_sets import ClosedDeal, FirstUse, RiskSets
from app.evidence.strata import terciles
from app.evidence.verdict import Row, Verdict, judge
from app.example import history
from app.example.catalogue import assets

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def second(moment):
    """Seconds since 1970."""
    return int(moment.timestamp())


def closed_deals(deals):
    """The closed ones as the comparison reads them."""
    closed = [deal for deal in deals if deal.outcome is not Outcome.OPEN]
    owners = sorted({deal.owner for deal in closed})
    for number, deal in enumerate(closed):
        cuts = terciles(d.amount for d in closed if d.currency == deal.currency)
        yield (
            deal,
            ClosedDeal(
                number,
                owners.index(deal.owner),
                deal.outcome is Outcome.WON,
                sorted(history.SEGMENTS).index(deal.segment),
                (deal.amount >= cuts[0]) + (deal.amount >= cuts[1]),
                tuple((history.STAGES.index(stage) + 1, second(at)) for stage, at in deal.stages),
                second(start_of_day(deal.closed_on + timedelta(days=1))),
            ),
        )


def verdicts(now):
    """What is said of each piece of the example company, by its key and stage."""
    pairs = list(closed_deals(history.deals(assets(), now)))
    keys = {asset.key: asset.kind for asset in assets()}
    uses = {}
    for deal, known in pairs:
        for use in sorted(deal.uses, key=lambda one: one.occurred_at):
            at = second(use.occurred_at)
            stage = max((s for s, since in known.entries if since <= at), default=0)
            if use.is_genuine and at < known.ended:
                here = uses.setdefault(use.asset, {}).setdefault(stage, {})
                here.setdefault(known.number, FirstUse(at, hash(use.person), False))
    sets = RiskSets([known for _, known in pairs], uses)
    rows = [
        Row(key, keys[key], stage, len({u.person for u in by_deal.values()}),
            compare(sets, match(sets, stage, uses[key])))
        for key in sorted(uses) for stage, by_deal in sorted(uses[key].items())
    ]  # fmt: skip
    return {(one.row.asset, one.row.stage): one for one in judge(rows, is_mature=True)}


@pytest.mark.parametrize("days", [0, 1, 30, 100, 250])
def test_the_planted_deck_helps_and_the_questionnaire_that_looks_good_does_not(days):
    found = verdicts(NOW + timedelta(days=days))
    told = {key: one.verdict for key, one in found.items() if one.reason is None}
    assert told == {(history.HELPS, 4): Verdict.LIKELY_HELPS}
    asked_for = found[(history.LOOKS_GOOD, 5)].row.comparison
    assert asked_for.matched_won / asked_for.matched > 0.9
