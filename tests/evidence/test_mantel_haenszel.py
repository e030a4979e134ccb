"""The risk difference over strata against what can be worked out by hand."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import bitmaps
from app.evidence.deal_sets import Arms
from app.evidence.mantel_haenszel import Stratum, clustered_variance, counted, risk_difference


@st.composite
def strata(draw):
    """A table of two arms, each with a deal."""
    used, comparable = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    return Stratum(used, draw(st.integers(0, used)), comparable, draw(st.integers(0, comparable)))


def test_an_example_worked_out_by_hand():
    # Weights 5·10/15 = 10/3 and 4·4/8 = 2; differences 3/5 - 4/10 = 0.2 and 2/4 - 1/4 = 0.25.
    # δ = (10/3·0.2 + 2·0.25)/(16/3) = (7/6)/(16/3) = 7/32.
    # P = [25·4 - 100·3 + 50·5/2]/225 + [16·1 - 16·2 + 0]/64 = -75/225 - 16/64 = -7/12.
    # Q = [3·6 + 4·2]/30 + [2·3 + 1·2]/16 = 26/30 + 1/2 = 41/30.
    # var = (7/32·-7/12 + 41/30)/(16/3)² = (2379/1920)/(256/9) = 7137/163840.
    found = risk_difference([Stratum(5, 3, 10, 4), Stratum(4, 2, 4, 1)])
    assert found is not None
    assert found.lift == pytest.approx(7 / 32, abs=1e-12)
    assert found.variance == pytest.approx(7137 / 163840, abs=1e-12)


@given(strata())
def test_of_one_stratum_the_variance_is_the_binomial_one(one):
    p1, p0 = one.used_won / one.used, one.comparable_won / one.comparable
    binomial = p1 * (1 - p1) / one.used + p0 * (1 - p0) / one.comparable
    found = risk_difference([one])
    assert found.lift == pytest.approx(p1 - p0, abs=1e-12)
    assert found.variance == pytest.approx(binomial, abs=1e-12)


@given(st.lists(strata(), min_size=1, max_size=8))
def test_many_strata_by_fractions(tables):
    weights = [Fraction(t.used * t.comparable, t.used + t.comparable) for t in tables]
    differences = [
        Fraction(t.used_won, t.used) - Fraction(t.comparable_won, t.comparable) for t in tables
    ]
    lift = sum(w * d for w, d in zip(weights, differences, strict=True)) / sum(weights)
    assert risk_difference(tables).lift == pytest.approx(float(lift), abs=1e-12)


@given(st.lists(strata(), min_size=2, max_size=8), st.randoms())
def test_the_order_of_the_strata_does_not_matter(tables, random):
    before = risk_difference(tables)
    random.shuffle(tables)
    assert risk_difference(tables) == before


def test_without_strata_there_is_nothing_to_say():
    assert risk_difference([]) is None


def clustered(used, comparable, won, rep):
    """The clustered variance of one stratum, and its lift."""
    arms = Arms([*used], bitmaps.of(comparable))
    lift = risk_difference([counted(arms, bitmaps.of(won))]).lift
    reps = [rep(deal) for deal in range(max(used + comparable) + 1)]
    return clustered_variance([arms], lift, bitmaps.of(won), reps), lift


def test_clusters_worked_out_by_hand():
    # Used 0 (won), 1; comparable 2 (won), 3, of the reps A: 0, 2 and B: 1, 3. Lift 0, mean 1/2.
    # Each deal adds ±(1/2)(1/2) = ±1/4: A 1/4 - 1/4 = 0, B -1/4 + 1/4 = 0.
    variance, lift = clustered([0, 1], [2, 3], [0, 2], lambda deal: deal % 2)
    assert (variance, lift) == (0, 0)
    # By arms, A: 0, 1 and B: 2, 3: A 1/4 - 1/4 = 0 too, but won alike, 0 and 1 against 2 and 3:
    # lift 1, each residual 0.
    assert clustered([0, 1], [2, 3], [0, 1], lambda deal: deal // 2) == (0, 1)
    # A: 0, 3 and B: 1, 2: A 1/4 + 1/4 = 1/2, B -1/2; 2/(2 - 1)·(1/4 + 1/4)/1² = 1.
    assert clustered([0, 1], [2, 3], [0, 2], lambda deal: deal in (0, 3))[0] == pytest.approx(1)


def test_one_cluster_alone_tells_nothing():
    assert clustered([0, 1], [2, 3], [0], lambda deal: "rae")[0] == float("inf")


@given(st.integers(2, 30), st.integers(2, 30), st.data())
def test_where_each_deal_is_its_own_cluster_it_is_nearly_the_binomial_one(used, comparable, data):
    deals = list(range(used + comparable))
    won = data.draw(st.sets(st.sampled_from(deals)))
    assume(0 < sum(deal in won for deal in deals[:used]) < used)
    variance, _ = clustered(deals[:used], deals[used:], won, lambda deal: deal)
    size = used + comparable
    one = counted(Arms([*deals[:used]], bitmaps.of(deals[used:])), bitmaps.of(won))
    binomial = risk_difference([one]).variance
    assert variance == pytest.approx(binomial * size / (size - 1), rel=1e-9)
