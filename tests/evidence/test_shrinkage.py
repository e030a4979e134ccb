"""Shrinkage against statsmodels, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from app.evidence.mantel_haenszel import Difference
from app.evidence.shrinkage import between_variance, shrunken

GROUPS = st.lists(
    st.builds(Difference, st.floats(-0.5, 0.5), st.floats(0.001, 0.05)), min_size=2, max_size=12
)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@given(GROUPS)
def test_the_variance_between_is_that_of_statsmodels(group):
    found = combine_effects(
        np.array([g.lift for g in group]), np.array([g.variance for g in group]), method_re="dl"
    )
    assert between_variance(group) == pytest.approx(max(0, found.tau2), abs=1e-9)


def test_three_worked_out_by_hand():
    # Weights 100, Σw = 300, mean 0.1, Q = 100·(0.01 + 0 + 0.01) = 2, less than k - 1 = 2: τ² = 0.
    alike = [Difference(lift, 0.01) for lift in (0.0, 0.1, 0.2)]
    assert [one.lift for one in shrunken(alike)] == pytest.approx([0.1] * 3)
    # Twice as far apart Q = 8, τ² = (8 - 2)/(300 - 100) = 0.03, B = 0.03/0.04 = 3/4.
    apart = [Difference(lift, 0.01) for lift in (-0.1, 0.1, 0.3)]
    assert [one.lift for one in shrunken(apart)] == pytest.approx([-0.05, 0.1, 0.25])
    # 3/4·0.01 + (1/4)²·0.04/3.
    assert shrunken(apart)[0].variance == pytest.approx(0.0075 + 0.0025 / 3)


@given(GROUPS)
def test_a_figure_is_drawn_towards_the_others_and_never_past_them(group):
    low, high = min(g.lift for g in group), max(g.lift for g in group)
    assert all(low - 1e-9 <= one.lift <= high + 1e-9 for one in shrunken(group))


def test_nothing_shrinks_to_nothing():
    assert shrunken([]) == []
