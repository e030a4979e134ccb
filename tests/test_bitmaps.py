"""Sets of numbers as the bits of one number."""

from hypothesis import given
from hypothesis import strategies as st

from app import bitmaps

NUMBERS = st.sets(st.integers(0, 3000)) | st.integers(0, 3000).map(range)


@given(NUMBERS)
def test_what_goes_in_comes_out_in_order(numbers):
    assert list(bitmaps.members(bitmaps.of(numbers))) == sorted(numbers)


@given(NUMBERS, st.lists(st.integers(0, 4000)))
def test_those_in_it_are_taken_out_of_others_in_their_order(numbers, others):
    found = bitmaps.among(others, bitmaps.of(numbers))
    assert list(found) == [one for one in others if one in numbers]


@given(NUMBERS, st.integers(0, 4000))
def test_a_number_is_in_it_or_not(numbers, other):
    assert bitmaps.has(bitmaps.of(numbers), other) == (other in numbers)
