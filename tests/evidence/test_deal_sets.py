"""Sets of deals as bits."""

from hypothesis import given
from hypothesis import strategies as st

from app.evidence.deal_sets import Arms, of, places


@given(st.sets(st.integers(0, 3000)))
def test_what_goes_in_comes_out_in_order(members):
    assert list(places(of(members))) == sorted(members)


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_arms_know_their_sizes(used, comparable):
    found = Arms.among(of(used), of(comparable))
    assert (found.used_count, found.comparable_count) == (len(used), len(comparable))
