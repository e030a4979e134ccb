"""Revenue in three lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence.mantel_haenszel import Difference
from app.evidence.revenue import Worth, by_asset, extra, shares

DEALS = st.lists(
    st.builds(
        Worth,
        st.integers(0, 10_000),
        st.sampled_from(["EUR", "USD"]),
        st.booleans(),
        st.lists(st.integers(1, 6), unique=True).map(sorted),
    )
)


def test_ten_cents_among_three():
    assert shares(10, 3) == [4, 3, 3]


@given(DEALS)
def test_the_shares_and_what_is_untracked_add_up_to_all_that_was_won(deals):
    found, won = by_asset(deals)
    for currency, total in won.items():
        parts = sum(one.shared.get(currency, 0) for one in found.values())
        amounts = (d.amount for d in deals if d.is_won and d.currency == currency)
        assert parts + total.untracked == total.amount == sum(amounts)


def test_touched_says_for_how_many_assets_each_deal_is_counted():
    found, _ = by_asset([Worth(100, "EUR", True, [1, 2]), Worth(50, "EUR", True, [1])])
    touched = found[1].touched["EUR"]
    assert (touched.amount, touched.deals, touched.counted) == (150, 2, 3)


def test_currencies_stay_apart_and_lost_deals_bring_nothing():
    found, won = by_asset([Worth(100, "EUR", True, [1]), Worth(9, "USD", False, [1])])
    assert (found[1].shared, set(won)) == ({"EUR": 100}, {"EUR"})


def test_extra_wins_are_the_lift_times_the_used_deals():
    revenue = by_asset([Worth(100, "EUR", True, [1])] * 3 + [Worth(0, "EUR", False, [1])])[0][1]
    found = extra(Difference(0.25, 0.0), 4, revenue)
    assert (found.deals, found.interval, found.amounts) == (1.0, (1.0, 1.0), {"EUR": 100})


def test_no_won_deal_no_money():
    revenue = by_asset([Worth(100, "EUR", False, [1])])[0][1]
    assert extra(Difference(0.5, 0.01), 1, revenue).amounts == pytest.approx({})
