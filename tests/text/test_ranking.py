"""What state, context, use and being new do to a piece's rank."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.ranking import CONTEXT, EXPIRING, NEUTRAL, OVERDUE, USUAL, context, state, use

TODAY = date(2026, 11, 24)
LONG_AGO = date(2024, 1, 1)


def days(number: int | None) -> date | None:
    """So many days from today."""
    return None if number is None else TODAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("review_in", "expires_in", "factor"),
    [
        (None, None, USUAL),
        (90, 15, USUAL),
        (-30, None, USUAL),
        (-31, None, OVERDUE),
        (90, 14, EXPIRING),
        (-31, 3, OVERDUE),
    ],
)
def test_what_is_long_over_or_nearly_at_its_end_ranks_lower(review_in, expires_in, factor):
    found = state(days(review_in), days(expires_in), TODAY)
    assert found.value == factor and bool(found.note) is (factor != USUAL)


@pytest.mark.parametrize(
    ("uses", "factor"), [(0, 1.0), (1, 1.045), (9, 1.15), (99, 1.3), (999, 1.45), (50_000, 1.45)]
)
def test_uses_lift_by_their_logarithm_up_to_a_cap(uses, factor):
    assert use(uses, LONG_AGO, TODAY).value == factor


def test_a_new_piece_counts_as_used_ten_times_for_thirty_days():
    new, older = use(0, days(-29), TODAY), use(0, days(-30), TODAY)
    assert new.value == use(10, LONG_AGO, TODAY).value and "new" in new.note
    assert older == NEUTRAL


def test_a_new_piece_that_is_much_used_counts_as_it_is():
    assert use(200, days(-3), TODAY) == use(200, LONG_AGO, TODAY)


def test_what_was_never_published_is_not_new():
    assert use(0, None, TODAY) == NEUTRAL


def test_what_a_piece_shares_with_the_deal_adds_up_and_is_named():
    found = context({"stage": "desire", "competitor": "Acme"})
    assert found.value == 1.4
    assert found.note == "It fits the deal: stage desire, competitor Acme."
    assert context({}) == NEUTRAL
    assert context(dict.fromkeys(CONTEXT, "x")).value == 1.7


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_uses_never_rank_lower(some, others):
    fewer, more = sorted((some, others))
    assert use(fewer, LONG_AGO, TODAY).value <= use(more, LONG_AGO, TODAY).value <= 1.45
