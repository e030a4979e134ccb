"""Evidence by the JSON API: what is counted, in which cohort, for whom."""

import pytest

from app.evidence.wilson import wilson
from tests.factories import a_deal, a_use, an_asset, days_ago

PATH = "/api/v1/insights/evidence"


def row(client, asset, query=""):
    """The figures of one asset."""
    items = client.get(f"{PATH}?{query}").json["items"]
    return next(item for item in items if item["asset"]["id"] == asset.id)


def closed(actor, external_id, outcome="won", **said):
    """A deal that was closed yesterday."""
    return a_deal(actor, external_id, outcome=outcome, closed_on=days_ago(1).date(), **said)


def test_uses_deals_reps_and_wins_are_counted(call, max, rae, mia):
    asset = an_asset(max)
    for number, outcome in enumerate(["won", "won", "lost"]):
        a_use(rae, closed(rae, f"D{number}", outcome), asset, occurred_at=days_ago(3))
    a_use(mia, a_deal(rae, "OPEN"), asset)
    found = row(call("ada"), asset)
    names = ("uses", "deals", "reps", "closed", "wins", "stage", "verdict", "reason", "lift")
    assert [found[name] for name in names] == [
        4,
        4,
        2,
        3,
        2,
        "interest",
        "cant_tell",
        "few_used",
        None,
    ]
    assert found["win_rate"] == pytest.approx(2 / 3)
    assert found["win_interval"] == pytest.approx(wilson(2, 3))


def test_a_piece_counts_once_a_deal_and_stage(call, max, rae):
    asset, deal = an_asset(max), a_deal(rae)
    for day in (3, 2, 1):
        a_use(rae, deal, asset, occurred_at=days_ago(day))
    a_use(rae, deal, asset, occurred_at=days_ago(30))
    found = row(call("ada"), asset)
    assert (found["stage"], found["uses"], found["deals"]) == ("interest", 1, 1)
    assert [one["stage"] for one in found["by_stage"]] == ["interest", None]


@pytest.mark.parametrize("how", ["opened", "downloaded"])
def test_what_reached_no_buyer_is_no_genuine_use(call, max, rae, how):
    asset = an_asset(max)
    a_use(rae, a_deal(rae), asset, how)
    assert row(call("ada"), asset)["uses"] == 0


def test_a_use_after_the_close_is_left_out(call, max, rae):
    asset = an_asset(max)
    a_use(rae, a_deal(rae, outcome="won", closed_on=days_ago(5).date()), asset)
    assert row(call("ada"), asset)["uses"] == 0


def test_a_piece_that_was_never_used_has_no_rate(call, max):
    found = row(call("ada"), an_asset(max))
    assert (found["win_rate"], found["win_interval"], found["coverage"]) == (None, None, None)


def test_coverage_is_the_share_of_closed_deals_with_a_tracked_use(call, max, rae):
    asset = an_asset(max)
    a_use(rae, closed(rae, "A"), asset, "downloaded", occurred_at=days_ago(3))
    closed(rae, "B")
    a_deal(rae, "OPEN")
    assert row(call("ada"), asset)["coverage"] == 0.5


def test_the_cohort_is_of_deals_opened_in_the_period(call, max, rae):
    asset = an_asset(max)
    a_use(rae, a_deal(rae, "A", opened_on="2024-12-31"), asset)
    a_use(rae, a_deal(rae, "B", opened_on="2025-01-01"), asset)
    assert row(call("ada"), asset, "from=2025-01-01&to=2026-12-31")["deals"] == 1


def test_a_rep_sees_the_figures_of_the_own_team(call, max, rae, rob):
    asset = an_asset(max)
    a_use(rae, a_deal(rae, "A"), asset)
    a_use(rob, a_deal(rob, "B"), asset)
    assert [row(call(name), asset)["deals"] for name in ("rae", "rob", "mia", "max", "otto")] == [
        1,
        1,
        2,
        2,
        0,
    ]
    assert row(call("max"), asset, "team=South")["deals"] == 1


@pytest.mark.parametrize(
    ("name", "query", "status"),
    [
        ("rae", "team=North", 200),
        ("rae", "team=South", 403),
        ("max", "team=Nowhere", 422),
        ("max", "from=2026-02-01&to=2026-01-01", 422),
        ("max", "from=0001-01-01&to=9999-12-31", 200),
        ("max", "to=0001-01-01", 200),
        ("max", "kind=song", 422),
    ],
)
def test_what_may_be_asked(call, name, query, status):
    assert call(name).get(f"{PATH}?{query}").status_code == status


def test_stage_and_kind_narrow(call, max, rae):
    asset = an_asset(max, kind="deck")
    a_use(rae, a_deal(rae), asset)
    assert row(call("ada"), asset, "stage=Interest&kind=deck")["deals"] == 1
    assert row(call("ada"), asset, "stage=desire")["deals"] == 0
    assert call("ada").get(f"{PATH}?kind=pricing").json["items"] == []
