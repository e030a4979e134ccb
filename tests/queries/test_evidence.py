"""The evidence from rows: the figures of the arithmetic, and everything to work them out again."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random

import pytest
from sqlalchemy import insert

from app.choices import How, Origin, Outcome
from app.clock import now, today
from app.db import session, transaction
from app.evidence.bins import DAY
from app.evidence.comparing import compare, match
from app.evidence.risk_sets import RiskSets
from app.models import Deal, StageEntry, Use
from app.queries.evidence import snapshots
from app.queries.evidence.computing import compute
from app.queries.evidence.scope import default
from app.worker.evidence import refresh_due
from benchmarks.companies import World, made
from tests.factories import an_asset, elsewhere

WORLD = World("of the tests", deals=260, by_quality=0.3, rescued=0.55, used=90)
PATH = "/api/v1/insights/evidence"
PEOPLE = ("ada", "max", "mia", "rae", "rob", "otto")


@pytest.fixture
def company(person, max):
    """A made-up company in the tables, and as the arithmetic has it."""
    everybody = [person(name).id for name in PEOPLE]
    found = made(WORLD, Random(4))
    base = int((now() - timedelta(days=1000)).timestamp()) // DAY * DAY
    pieces = {asset: an_asset(max, f"Deck {asset}", kind="deck") for asset in sorted(found.uses)}
    deals = [moved(deal, base, everybody) for deal in found.deals]
    uses = {
        pieces[asset].id: {
            stage: {
                deal: use._replace(at=use.at + base, person=everybody[use.person % 6])
                for deal, use in by_deal.items()
            }
            for stage, by_deal in of_asset.items()
        }
        for asset, of_asset in found.uses.items()
    }
    versions = {piece.id: piece.current_version.id for piece in pieces.values()}
    with transaction():
        write(deals, uses, versions)
    return deals, uses, {piece.id: piece for piece in pieces.values()}


def moved(deal, base, everybody):
    """The same deal in our time, owned by somebody."""
    entries = tuple((stage, at + base) for stage, at in deal.entries)
    owner = everybody[deal.owner % 6]
    return replace(deal, entries=entries, ended=deal.ended + base, owner=owner)


def moment(second):
    """A time of a second since 1970."""
    return datetime.fromtimestamp(second, UTC)


def write(deals, uses, versions):
    """Put them into the tables."""
    session.execute(insert(Deal), [row_of(deal) for deal in deals])
    entered = [
        {"deal_id": deal.number, "stage_id": stage, "entered_at": moment(at)}
        for deal in deals
        for stage, at in deal.entries
    ]
    session.execute(insert(StageEntry), entered)
    used = [
        {
            "deal_id": deal, "asset_id": asset, "version_id": versions[asset],
            "person_id": use.person, "stage_id": stage, "how": How.SHARED, "origin": Origin.API,
            "occurred_at": moment(use.at), "recorded_at": moment(use.at), "note": "",
        }
        for asset, of_asset in uses.items()
        for stage, by_deal in of_asset.items()
        for deal, use in by_deal.items()
    ]  # fmt: skip
    session.execute(insert(Use), used)


def row_of(deal):
    """A deal's columns."""
    ended = moment(deal.ended)
    return {
        "id": deal.number, "external_id": f"D{deal.number}", "name": "A deal",
        "name_folded": "a deal", "account": "", "account_folded": "", "owner_id": deal.owner,
        "amount": (deal.size + 1) * 10_000, "currency": "EUR",
        "segment": f"Segment {deal.segment}", "segment_folded": f"segment {deal.segment}",
        "stage_id": deal.entries[-1][0],
        "outcome": Outcome.WON if deal.is_won else Outcome.LOST,
        "opened_on": moment(deal.entries[0][1]).date(), "closed_on": ended.date(),
        "ended_at": ended, "created_at": now(), "updated_at": now(),
    }  # fmt: skip


def period():
    """The query that has all of its deals."""
    return f"from={today() - timedelta(days=1100)}&to={today()}"


def test_the_rows_give_the_figures_of_the_arithmetic(company, call):
    deals, uses, pieces = company
    sets = RiskSets(deals, uses)
    items = call("ada").get(f"{PATH}?{period()}").json["items"]
    assert len(items) == len(pieces)
    stages = {"attention": 1, "interest": 2, "conviction": 3, "desire": 4, "sale": 5}
    for item in items:
        found = compare(sets, match(sets, stages[item["stage"]], uses[item["asset"]["id"]]))
        assert (item["used_n"], item["comparable_n"]) == (found.used, found.comparable)
        if item["lift"] is not None:
            assert item["lift"] == pytest.approx(found.difference.lift, abs=1e-12)


def table(client, path):
    """A CSV file's lines, by column."""
    text = client.get(path).get_data(as_text=True).lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def again(rows):
    """Lift and variance from the exported rows, by a script that knows nothing of the hub."""
    groups = {}
    for row in rows:
        arms = groups.setdefault(row["stratum"], {"used": [], "comparable": []})
        arms[row["arm"]].append(int(row["won"]))
    weighted = first = second = total = 0.0
    for arms in groups.values():
        n1, n0 = len(arms["used"]), len(arms["comparable"])
        x1, x0, n = sum(arms["used"]), sum(arms["comparable"]), n1 + n0
        weighted += n1 * n0 / n * (x1 / n1 - x0 / n0)
        total += n1 * n0 / n
        first += (n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / n**2
        second += (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
    lift = weighted / total
    return lift, (lift * first + second) / total**2


def test_the_exported_rows_recompute_to_the_same_figure(company, call, browse):
    best = call("ada").get(f"{PATH}?{period()}").json["items"][0]
    name, slug = best["asset"]["id"], best["asset"]["slug"]
    rows = table(call("ada"), f"{PATH}/{name}/rows.csv?{period()}")
    lift, variance = again([row for row in rows if row["stage"] == best["stage"]])
    assert lift == pytest.approx(best["lift"], abs=1e-12)
    reach = 1.959964 * sqrt(variance)
    assert best["lift_interval"] == pytest.approx([lift - reach, lift + reach], abs=1e-6)
    peers = table(browse("ada"), f"/insights/evidence/{slug}/peers.csv?{period()}")
    weights = [1 / float(one["variance"]) for one in peers]
    mean = sum(w * float(one["lift"]) for w, one in zip(weights, peers, strict=True)) / sum(weights)
    assert best["peer_lift"] == pytest.approx(lift - mean, abs=1e-9)
    reach = 1.959964 * sqrt(variance + 1 / sum(weights))
    assert best["peer_interval"][1] - best["peer_lift"] == pytest.approx(reach, abs=1e-6)


def test_the_list_is_ordered_by_what_can_be_relied_on(company, call):
    items = call("ada").get(f"{PATH}?{period()}").json["items"]
    lows = [item["shrunk_interval"][0] for item in items if item["shrunk_interval"]]
    assert lows == sorted(lows, reverse=True) and len(lows) > 3
    unknown = [item["shrunk"] is None for item in items]
    assert unknown == sorted(unknown)


def test_a_page_of_the_list_goes_on_where_the_last_one_ended(company, call):
    whole = call("ada").get(f"{PATH}?{period()}").json
    first = call("ada").get(f"{PATH}?{period()}&limit=4").json
    rest = call("ada").get(f"{PATH}?{period()}&limit=200&cursor={first['next']}").json
    assert [*first["items"], *rest["items"]] == whole["items"]
    assert (first["total"], rest["next"]) == (whole["total"], None)


def test_revenue_adds_up_to_all_that_was_won(company):
    found = compute(replace(default(), starts_on=today() - timedelta(days=1100)))
    shared = sum(asset["revenue"]["shared"].get("EUR", 0) for asset in found.assets)
    won = found.snapshot["won"]["EUR"]
    assert shared + won["untracked"] == won["amount"] > 0


def test_what_takes_long_is_left_to_the_worker(company, call, browse, monkeypatch):
    monkeypatch.setattr(snapshots, "FEW_USES", 0)
    assert call("ada").get(f"{PATH}?{period()}").status_code == 503
    assert browse("ada").get(f"/insights/evidence.csv?{period()}").status_code == 503
    assert "are being worked out" in browse("ada").get(f"/insights/evidence?{period()}").text
    elsewhere(refresh_due)
    assert call("ada").get(f"{PATH}?{period()}").json["total"] > 0


def test_the_worker_works_out_what_changed_and_nothing_else(company, monkeypatch):
    monkeypatch.setattr(snapshots, "PAUSE", 0)
    elsewhere(refresh_due)
    assert snapshots.due() == []
    with transaction():
        session.get(Deal, 1).updated_at = now()
    assert [scope.name for scope in snapshots.due()] == ["all"]


def test_deals_that_a_manager_may_not_see_have_no_name_in_the_rows(company, call):
    path = f"{PATH}/{min(company[2])}/rows.csv?{period()}"
    assert all(row["deal"] for row in table(call("ada"), path))
    names = {row["deal"] for row in table(call("mia"), path)}
    assert "" in names and len(names) > 1
