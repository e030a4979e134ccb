"""Cells of deals that are alike, and how small ones merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import bitmaps
from app.evidence.deal_sets import Arms
from app.evidence.strata import Cell, intensity_of, merged, terciles


def arms(first, used, comparable):
    """So many deals of each, by places from a first one on."""
    middle = first + used
    return Arms([*range(first, middle)], bitmaps.of(range(middle, middle + comparable)))


def sizes(cells):
    """How many used and comparable deals each stratum has, in order of size."""
    return sorted((len(one.used), one.comparable.bit_count()) for one in merged(cells))


@pytest.mark.parametrize(
    ("others", "level"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (9, 3)]
)
def test_the_levels_of_other_content(others, level):
    assert intensity_of(others) == level


def test_a_cell_with_five_of_each_stands():
    cells = {Cell(0, 0, 4050, 0): arms(0, 5, 5), Cell(0, 0, 4051, 0): arms(20, 6, 7)}
    assert sizes(cells) == [(5, 5), (6, 7)]


@pytest.mark.parametrize(
    "other",
    [
        Cell(0, 0, 4051, 3),
        Cell(0, 1, 4050, 3),
        Cell(0, 1, 4050, 2),
        Cell(0, 1, 4050, 1),
        Cell(0, 1, 4050, 0),
        Cell(1, 1, 4051, 0),
    ],
)
def test_small_cells_merge_with_whatever_is_nearest(other):
    assert sizes({Cell(0, 0, 4050, 3): arms(0, 4, 9), other: arms(20, 1, 1)}) == [(5, 10)]


def test_half_years_merge_before_sizes():
    small, same_size, other_size = Cell(0, 0, 1, 0), Cell(0, 0, 2, 0), Cell(0, 1, 1, 0)
    cells = {small: arms(0, 3, 9), same_size: arms(20, 3, 9), other_size: arms(40, 4, 9)}
    assert sizes(cells) == [(4, 9), (6, 18)]


def test_much_content_merges_with_some_before_segments_do():
    cells = {
        Cell(0, 0, 1, 3): arms(0, 3, 9),
        Cell(0, 0, 1, 2): arms(20, 3, 9),
        Cell(1, 0, 1, 3): arms(40, 4, 9),
    }
    assert sizes(cells) == [(4, 9), (6, 18)]


def test_what_has_nobody_in_one_arm_at_last_is_dropped():
    assert sizes({Cell(0, 0, 1, 0): arms(0, 4, 0), Cell(1, 0, 1, 0): arms(20, 9, 0)}) == []
    assert sizes({Cell(0, 0, 1, 0): arms(0, 1, 1)}) == [(1, 1)]


CELLS = st.builds(
    Cell, st.integers(-1, 2), st.integers(-1, 2), st.integers(1, 3), st.integers(0, 3)
)


@given(st.dictionaries(CELLS, st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_no_deal_is_doubled_and_only_a_rest_without_an_arm_is_dropped(counts):
    cells = {cell: arms(100 * n, *pair) for n, (cell, pair) in enumerate(counts.items())}
    found = list(merged(cells))
    kept = [place for one in found for place in (*one.used, *bitmaps.members(one.comparable))]
    everybody = {p for one in cells.values() for p in (*one.used, *bitmaps.members(one.comparable))}
    assert len(kept) == len(set(kept)) and set(kept) <= everybody
    dropped = everybody - set(kept)
    used = {place for one in cells.values() for place in one.used}
    assert not dropped or dropped <= used or not dropped & used
    assert sum(min(len(one.used), one.comparable.bit_count()) < 5 for one in found) <= 1


def test_terciles_cut_amounts_into_thirds():
    assert terciles([6, 1, 5, 2, 4, 3]) == (3, 5)
    assert terciles([]) is None
