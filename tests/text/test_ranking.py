"""What the state of a piece does to its rank."""

from datetime import date, timedelta

import pytest

from app.text.ranking import EXPIRING, OVERDUE, USUAL, state

TODAY = date(2026, 11, 24)


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
    found, why = state(days(review_in), days(expires_in), TODAY)
    assert found == factor and bool(why) is (factor != USUAL)
