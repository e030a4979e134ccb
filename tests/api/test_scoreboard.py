"""The scoreboard, adoption and coverage by the JSON API."""

import pytest

from app.worker.reconcile import the_searches
from tests.factories import (
    a_deal,
    a_search,
    a_use,
    a_version,
    an_asset,
    days_ago,
    elsewhere,
    some_feedback,
)

PATH = "/api/v1/insights"


def board(client, query=""):
    """The four measures as (n, of)."""
    found = client.get(f"{PATH}/scoreboard?{query}").json
    return {name: (one["n"], one["of"]) for name, one in found.items()}


def closed(actor, name, **said):
    """A deal that was lost yesterday."""
    return a_deal(actor, name, outcome="lost", closed_on=days_ago(1).date(), **said)


def test_an_empty_hub_has_no_rates(call):
    found = call("ada").get(f"{PATH}/scoreboard").json
    assert [one["rate"] for one in found.values()] == [None] * 4
    assert [one["survey"] for one in found.values()] == [0.43, 0.51, 0.57, 0.58]


def test_a_use_of_a_version_that_was_superseded_by_then_is_outdated(call, max, rae):
    asset, deal = an_asset(max), a_deal(rae)
    a_use(rae, deal, asset, occurred_at=days_ago(2))
    a_version(max, asset)
    assert board(call("ada"))["outdated_uses"] == (0, 1)
    a_use(rae, deal, asset, version=1)
    a_use(rae, deal, asset, version=1, how="opened")
    assert board(call("ada"))["outdated_uses"] == (1, 2)


def test_closed_deals_without_uses_and_without_notes_are_counted(call, max, rae):
    asset = an_asset(max)
    a_use(rae, closed(rae, "A"), asset, "downloaded", occurred_at=days_ago(3))
    some_feedback(rae, asset, deal="A")
    closed(rae, "B")
    a_deal(rae, "OPEN")
    found = board(call("ada"))
    assert (found["untracked_deals"], found["silent_deals"]) == ((1, 2), (1, 2))


def test_failed_searches_are_counted(call, rae):
    a_search(rae, "walrus", at=days_ago(1))
    elsewhere(the_searches)
    assert board(call("ada"))["failed_searches"] == (1, 1)


def test_a_trend_has_every_month_of_the_period(call, rae):
    closed(rae, "A")
    found = call("ada").get(f"{PATH}/scoreboard?from=2025-01-15&to=2025-04-02").json
    months = [one["month"] for one in found["silent_deals"]["trend"]]
    assert months == ["2025-01", "2025-02", "2025-03", "2025-04"]


def test_a_rep_reads_the_numbers_of_the_own_team(call, max, rae, rob):
    closed(rae, "A")
    closed(rob, "B")
    counts = [board(call(name))["silent_deals"][1] for name in ("rae", "rob", "otto", "mia")]
    assert counts == [1, 1, 0, 2]
    assert board(call("max"), "team=South")["silent_deals"] == (1, 1)


@pytest.mark.parametrize("name", ["scoreboard", "adoption"])
@pytest.mark.parametrize(
    ("query", "status"),
    [("team=South", 403), ("team=Nowhere", 422), ("from=x", 422), ("kind=deck", 422),
     ("from=0001-01-01&to=9999-12-31", 200)],
)  # fmt: skip
def test_what_may_be_asked(call, name, query, status):
    assert call("rae").get(f"{PATH}/{name}?{query}").status_code == status


def test_adoption_tells_reach_and_how_soon_a_piece_was_used(call, max, rae):
    a_use(rae, a_deal(rae), an_asset(max, "Acme deck"))
    an_asset(max, "Never used")
    used, unused = call("ada").get(f"{PATH}/adoption").json["items"]
    assert (used["uses"], used["people"], used["days_to_first_use"]) == (1, 1, 0)
    assert {team["team"]: team["people"] for team in used["teams"]}["North"] == 1
    assert (unused["uses"], unused["reach"], unused["days_to_first_use"]) == (0, 0, None)


def test_adoption_goes_on_where_the_page_before_ended(call, max):
    for number in range(3):
        an_asset(max, f"Deck {number}")
    whole = call("ada").get(f"{PATH}/adoption").json
    first = call("ada").get(f"{PATH}/adoption?limit=2").json
    rest = call("ada").get(f"{PATH}/adoption?limit=2&cursor={first['next']}").json
    assert [*first["items"], *rest["items"]] == whole["items"]
    assert (first["total"], whole["next"], rest["next"]) == (3, None, None)


def test_coverage_counts_current_pieces_and_open_deals(call, max, rae):
    an_asset(max, stages=["interest"], segments=["Enterprise"])
    a_deal(rae, segment="enterprise", amount={"amount": "10.00", "currency": "EUR"})
    cells = call("ada").get(f"{PATH}/coverage").json["items"]
    found = {(cell["row"], cell["column"]): cell for cell in cells}
    interest = found["interest", "Enterprise"]
    assert (interest["assets"], interest["open_deals"]) == (1, 1)
    assert interest["amounts"] == [{"amount": "10.00", "currency": "EUR"}]
    assert found["desire", "Enterprise"]["assets"] == 0


def test_coverage_by_the_same_property_twice_is_refused(call):
    assert call("ada").get(f"{PATH}/coverage?rows=stage&columns=stage").status_code == 422
