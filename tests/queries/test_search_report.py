"""What was searched, what came of it, and what failed."""

from datetime import timedelta

import pytest

from app.clock import now
from app.db import session, transaction
from app.errors import Forbidden
from app.inputs.insights import SearchFilter
from app.models import SearchQuery
from app.queries import gaps, search_report
from app.services import search_log
from tests.factories import a_click, a_deal, a_search, a_use, an_asset, days_ago, judge_all

ALL = SearchFilter()


def ago(minutes: float):
    """So many minutes ago."""
    return now() - timedelta(minutes=minutes)


def money(amount: str, currency: str) -> dict[str, str]:
    """An amount as a deal takes it."""
    return {"amount": amount, "currency": currency}


def failed(actor, **asked) -> dict[str, int]:
    """How often each text failed, once the worker has judged."""
    judge_all()
    return {row.text: row.failed for row in search_report.failed(actor, SearchFilter(**asked))}


def test_what_finds_nothing_fails_and_so_does_what_nobody_opens(max, rae):
    a_search(rae, "walrus", total=0, at=ago(9))
    a_search(rae, "narwhal", total=3, at=ago(6))
    number = a_search(rae, "orca", total=3, at=ago(3))
    a_click(rae, number, an_asset(max))
    assert failed(max) == {"walrus": 1, "narwhal": 1}


def test_of_a_chain_only_the_last_search_counts(max, rae):
    for text, minutes in (("wal", 9), ("walrs", 8.2), ("walrus", 7.5)):
        a_search(rae, text, at=ago(minutes))
    assert failed(max) == {"walrus": 1}


def test_a_chain_that_ends_well_has_not_failed(max, rae):
    a_search(rae, "walrs", at=ago(9))
    a_click(rae, a_search(rae, "walrus", total=1, at=ago(8.5)), an_asset(max))
    assert failed(max) == {}


def test_the_chains_of_two_people_are_apart(max, rae, rob):
    a_search(rae, "walrus", at=ago(9))
    a_search(rob, "narwhal", at=ago(8.9))
    assert failed(max) == {"walrus": 1, "narwhal": 1}


def test_finding_nothing_counts_at_once_until_the_next_search(max, rae):
    a_search(rae, "walrs", total=0)
    assert [row.text for row in search_report.failed(max, ALL)] == ["walrs"]
    a_search(rae, "walrus", total=3)
    assert [row.text for row in search_report.failed(max, ALL)] == []


def test_an_old_list_may_still_be_opened(max, rae):
    number = a_search(rae, "walrus", total=3, at=ago(20))
    assert failed(max) == {"walrus": 1}
    a_click(rae, number, an_asset(max))
    assert failed(max) == {}


def test_what_was_found_just_now_may_still_be_opened(max, rae):
    a_search(rae, "walrus", total=3)
    a_search(rae, "narwhal", total=0)
    assert failed(max) == {"narwhal": 1}


def test_by_the_api_only_finding_nothing_fails(max, rae):
    a_search(rae, "walrus", total=3, source="api", at=ago(9))
    a_search(rae, "narwhal", total=0, source="api", at=ago(6))
    assert failed(max) == {"narwhal": 1}


def test_equal_searches_are_one_row_with_their_figures(max, rae, rob):
    asset = an_asset(max)
    a_click(rae, a_search(rae, "Walrus  Plan", total=4, at=ago(9)), asset, position=3)
    a_search(rob, "walrus plan", total=6, at=ago(8))
    [row] = search_report.most_searched(max, ALL)
    assert (row.count, row.people, row.found, row.opened, row.position) == (2, 2, 5.0, 1, 3.0)


def test_a_use_of_what_was_opened_within_half_an_hour_counts(max, rae):
    used, late = an_asset(max, "Used"), an_asset(max, "Late")
    deal = a_deal(rae)
    a_click(rae, a_search(rae, "walrus", total=1, at=ago(29)), used)
    a_click(rae, a_search(rae, "narwhal", total=1, at=ago(31)), late)
    a_use(rae, deal, used)
    a_use(rae, deal, late)
    judge_all()
    assert {r.text: r.used for r in search_report.most_searched(max, ALL)} == {
        "walrus": 1,
        "narwhal": 0,
    }


def test_all_of_a_period_is_summed_up(max, rae):
    a_click(rae, a_search(rae, "walrus", total=1, at=ago(9)), an_asset(max))
    a_search(rae, "narwhal", at=ago(3))
    a_search(rae, "orca", at=days_ago(200))
    judge_all()
    found = search_report.summary(max, ALL)
    assert (found.count, found.opened, found.failed, found.used) == (2, 1, 1, 0)
    assert search_report.summary(max, SearchFilter(**{"from": "2020-01-01"})).count == 3


def test_a_rep_reads_of_the_own_team_alone(rae, rob, otto):
    a_search(rae, "walrus", at=ago(9))
    a_search(rob, "narwhal", at=ago(9))
    assert (failed(rae), failed(rob), failed(otto)) == ({"walrus": 1}, {"narwhal": 1}, {})
    with pytest.raises(Forbidden):
        failed(rae, team=rob.team.name)


def test_behind_a_gap_stands_its_deal_or_those_of_who_searched(max, rae, rob):
    closed = {"outcome": "won", "opened_on": "2026-01-01", "closed_on": "2026-01-05"}
    mine = a_deal(rae, "A1", amount=money("100", "EUR"))
    a_deal(rae, "A2", amount=money("50", "USD"))
    a_deal(rae, "A3", amount=money("7", "EUR"), **closed)
    a_search(rae, "walrus", at=ago(9))
    a_search(rae, "narwhal", deal_id=mine.id, at=ago(6))
    found = {gap.searches.text: (gap.deals, list(gap.amounts)) for gap in gaps.gaps(max, ALL)}
    assert found["walrus"] == (2, [(10000, "EUR"), (5000, "USD")])
    assert found["narwhal"] == (1, [(10000, "EUR")])


def test_a_rep_is_told_nothing_of_a_deal_that_they_may_not_see(max, rae, rob):
    hidden = a_deal(rob, "B1", amount=money("777", "EUR"))
    with transaction():
        session.merge(max).team_id = rae.team_id
    a_search(max, "walrus", deal_id=hidden.id)
    [gap] = gaps.gaps(rae, ALL)
    assert (gap.deals, list(gap.amounts)) == (0, [])


def test_what_most_people_miss_comes_first(max, rae, rob):
    for minutes in (30, 20, 10):
        a_search(rae, "narwhal", at=ago(minutes))
    a_search(rae, "walrus", at=ago(5))
    a_search(rob, "walrus", at=ago(5))
    assert [gap.searches.text for gap in gaps.gaps(max, ALL)] == ["walrus", "narwhal"]


def test_what_was_said_missing_is_counted(max, rae):
    number = a_search(rae, "walrus")
    with transaction():
        search_log.want(rae, number)
    assert session.get(SearchQuery, number).wanted_at
    assert [row.wanted for row in search_report.failed(max, ALL)] == [1]
