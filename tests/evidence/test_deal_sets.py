"""Sets of deals as bits."""

from hypothesis import given
from hypothesis import strategies as st

from app import bitmaps
from app.evidence.deal_sets import Arms, joined


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_arms_joined_have_the_deals_of_both(used, comparable, more):
    found = joined([Arms([*used], bitmaps.of(comparable)), Arms([301], bitmaps.of([more]))])
    assert (sorted(found.used), found.comparable) == (
        [*sorted(used), 301],
        bitmaps.of(comparable | {more}),
    )
    assert found.are_at_least(1) and not found.are_at_least(len(used) + 2)
