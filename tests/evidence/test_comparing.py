"""Who is compared with whom, against a second implementation and case by case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import bitmaps
from app.evidence.bins import DAY
from app.evidence.comparing import compare, match
from app.evidence.risk_sets import ClosedDeal, FirstUse, RiskSets
from tests.evidence import naive

NEVER = 10_000 * DAY


def a_closed_deal(number, *, is_won=True, days=100, owner=None, segment=0, entries=((1, 0),)):
    """A deal in stage 1 from day 0 to its close."""
    at = tuple((stage, day * DAY) for stage, day in entries)
    return ClosedDeal(number, owner, is_won, segment, 0, at, days * DAY)


def used_on(day, person=1, *, is_late=False):
    """A first use on this day."""
    return FirstUse(int(day * DAY), person, is_late)


def strata_of(deals, uses, asset=1, stage=1):
    """The strata by number of deal: bin, used, comparable."""
    sets = RiskSets(deals, uses)
    name = [deal.number for deal in sets.deals]
    return [
        (
            one.bin,
            frozenset(name[place] for place in one.arms.used),
            frozenset(name[place] for place in bitmaps.members(one.arms.comparable)),
        )
        for one in match(sets, stage, uses[asset]).strata
    ]


ENTRIES = st.lists(st.tuples(st.integers(1, 2), st.integers(0, 80)), min_size=1, max_size=4).map(
    lambda found: tuple(sorted(found, key=lambda pair: pair[1]))
)


@st.composite
def companies(draw):
    """Some closed deals, and what was used on them in which stage."""
    deals = [
        a_closed_deal(
            number,
            is_won=draw(st.booleans()),
            days=draw(st.integers(1, 120)),
            segment=draw(st.integers(0, 1)),
            entries=draw(ENTRIES),
        )
        for number in range(1, draw(st.integers(2, 40)) + 1)
    ]
    uses = {}
    for asset in (1, 2, 3):
        for deal in deals:
            for stage in draw(st.sets(st.integers(1, 2))):
                day = draw(st.floats(0, 90))
                uses.setdefault(asset, {}).setdefault(stage, {})[deal.number] = used_on(day)
    uses.setdefault(1, {}).setdefault(1, {})
    return deals, uses


@settings(max_examples=150, deadline=None)
@given(companies())
def test_a_plain_second_implementation_finds_the_same_strata(company):
    deals, uses = company
    assert sorted(strata_of(deals, uses), key=str) == sorted(
        naive.strata(deals, uses, 1, 1), key=str
    )


@settings(max_examples=100, deadline=None)
@given(companies())
def test_a_deal_is_comparable_once_and_in_one_arm_of_a_stratum(company):
    found = strata_of(*company)
    comparable = [deal for _, _, arm in found for deal in arm]
    assert len(comparable) == len(set(comparable))
    assert all(not used & others for _, used, others in found)


def test_a_deal_that_uses_it_later_is_comparable_before():
    deals = [a_closed_deal(1), a_closed_deal(2)]
    uses = {1: {1: {1: used_on(1), 2: used_on(20)}}}
    assert strata_of(deals, uses) == [(0, {1}, {2})]


def test_a_deal_that_used_it_at_an_earlier_stage_is_not_comparable():
    deals = [a_closed_deal(1), a_closed_deal(2, entries=((2, 0), (1, 5)))]
    uses = {1: {1: {1: used_on(1)}, 2: {2: used_on(2)}}}
    assert strata_of(deals, uses) == []


def test_a_use_after_day_60_does_not_make_a_deal_its_own_comparison():
    deals = [a_closed_deal(1), a_closed_deal(2)]
    assert strata_of(deals, {1: {1: {1: used_on(80)}}}) == [(4, {1}, {2})]


def test_quick_ends_are_in_neither_arm():
    deals = [a_closed_deal(1), a_closed_deal(2, days=2), a_closed_deal(3, days=2)]
    uses = {1: {1: {1: used_on(1), 2: used_on(1)}}}
    sets = RiskSets(deals, uses)
    assert strata_of(deals, uses) == []
    assert match(sets, 1, uses[1]).left == 1


def test_a_deal_without_a_dated_entry_is_counted_and_left_out():
    deals = [a_closed_deal(1, entries=()), a_closed_deal(2)]
    uses = {1: {1: {1: used_on(1)}}}
    found = match(RiskSets(deals, uses), 1, uses[1])
    assert (found.undated, found.strata) == (1, ())


def many(won_used, won_comparable, owner=lambda number: number):
    """Thirty used and thirty comparable deals, so many of them won."""
    deals = [
        a_closed_deal(n, is_won=n <= won_used or 30 < n <= 30 + won_comparable, owner=owner(n))
        for n in range(1, 61)
    ]
    uses = {1: {1: {n: used_on(1, person=n) for n in range(1, 31)}}}
    sets = RiskSets(deals, uses)
    return compare(sets, match(sets, 1, uses[1]))


def test_the_lift_is_the_difference_of_the_shares():
    found = many(21, 12)
    assert (found.used, found.matched, found.comparable) == (30, 30, 30)
    assert (found.matched_won, found.comparable_won, found.share_matched) == (21, 12, 1)
    assert found.difference.lift == pytest.approx(0.3)


@pytest.mark.parametrize("won", [0, 30])
def test_where_all_ended_alike_there_is_no_lift(won):
    assert many(won, won).difference is None


def test_used_everywhere_leaves_nothing_to_compare():
    deals = [a_closed_deal(n) for n in range(1, 31)]
    uses = {1: {1: {n: used_on(1) for n in range(1, 31)}}}
    sets = RiskSets(deals, uses)
    found = compare(sets, match(sets, 1, uses[1]))
    assert (found.comparable, found.matched, found.difference) == (0, 0, None)


def test_a_rep_with_many_of_the_deals_widens_the_interval():
    alone = many(20, 10)
    owned = many(20, 10, owner=lambda n: 1 if n <= 20 or n > 40 else n)
    assert not alone.is_clustered and owned.is_clustered
    assert owned.difference.variance > alone.difference.variance


def test_the_deals_of_one_person_alone_tell_nothing():
    assert many(20, 10, owner=lambda n: 1).difference is None
