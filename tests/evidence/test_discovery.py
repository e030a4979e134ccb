"""Benjamini and Hochberg against scipy."""

from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from app.evidence.discovery import discoveries


def test_the_example_of_the_paper():
    # Benjamini and Hochberg (1995), section 3: fifteen tests, of which four pass at 5 %.
    chances = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
        0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert discoveries(chances) == [True] * 4 + [False] * 11


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_statsmodels_says_the_same(chances):
    assert discoveries(chances) == list(multipletests(chances, 0.05, method="fdr_bh")[0])


def test_no_tests_no_discoveries():
    assert discoveries([]) == []
