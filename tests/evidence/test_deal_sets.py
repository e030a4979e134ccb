"""Sets of deals as bits."""

from hypothesis import given
from hypothesis import strategies as st

from app.evidence.deal_sets import Arms, joined, of, places


@given(st.sets(st.integers(0, 3000)))
def test_what_goes_in_comes_out_in_order(members):
    assert list(places(of(members))) == sorted(members)


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_arms_joined_have_the_deals_of_both(used, comparable, more):
    found = joined([Arms([*used], of(comparable)), Arms([301], of([more]))])
    assert (sorted(found.used), found.comparable) == ([*sorted(used), 301], of(comparable | {more}))
    assert found.are_at_least(1) and not found.are_at_least(len(used) + 2)
