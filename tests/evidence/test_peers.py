"""A lift against its peers'."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence.mantel_haenszel import Difference
from app.evidence.peers import beyond_peers


def test_the_first_of_three_worked_out_by_hand():
    # Peers 0.1 ± 1/100 and 0.4 ± 1/50: (100·0.1 + 50·0.4)/150 = 0.2, its variance 1/150.
    group = [Difference(0.5, 0.04), Difference(0.1, 0.01), Difference(0.4, 0.02)]
    found = beyond_peers(group)[0]
    assert (found.lift, found.mean, found.count) == (pytest.approx(0.3), pytest.approx(0.2), 2)
    assert found.variance == pytest.approx(0.04 + 1 / 150)


@given(st.lists(st.builds(Difference, st.floats(-1, 1), st.floats(0.001, 0.1)), min_size=2))
def test_what_all_share_is_taken_out(group):
    shifted = [Difference(one.lift + 0.3, one.variance) for one in group]
    pairs = zip(beyond_peers(group), beyond_peers(shifted), strict=True)
    assert all(one.lift == pytest.approx(other.lift, abs=1e-9) for one, other in pairs)
