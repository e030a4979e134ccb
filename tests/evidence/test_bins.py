"""How long a deal has been in a stage, and when the bins end for it."""

import pytest

from app.evidence.bins import DAY, begun, ends, first_entries

NEVER = 1000 * DAY


@pytest.mark.parametrize(
    ("days", "number"),
    [
        (0, 0),
        (2.99, 0),
        (3, 1),
        (7.99, 1),
        (8, 2),
        (14.9, 2),
        (15, 3),
        (30.9, 3),
        (31, 4),
        (400, 4),
    ],
)
def test_days_fall_into_their_bin(days, number):
    assert begun(int(days * DAY)) - 1 == number


def test_before_the_entry_no_bin_has_begun():
    assert begun(-1) == 0


def test_the_first_entry_counts_when_a_stage_is_entered_again_or_the_history_goes_back():
    assert first_entries([(1, 10), (2, 20), (1, 30), (2, 40)]) == {1: 10, 2: 20}


def test_a_deal_that_stays_is_in_every_bin_and_the_last_ends_on_day_60():
    assert ends([(1, 0)], 1, 0, NEVER) == tuple(day * DAY for day in (3, 8, 15, 31, 60))


def test_the_last_bin_ends_when_the_deal_leaves_before_day_60():
    assert ends([(1, 0), (2, 40 * DAY)], 1, 0, NEVER)[-1] == 40 * DAY
    assert ends([(1, 0)], 1, 0, 45 * DAY)[-1] == 45 * DAY


@pytest.mark.parametrize("day", [5, 8])
def test_a_deal_that_leaves_within_a_bin_is_not_in_it_at_its_end(day):
    found = ends([(1, 0), (2, day * DAY)], 1, 0, NEVER)
    assert found == (3 * DAY, None, None, None, None)


def test_a_deal_that_closes_within_a_bin_is_not_in_it_at_its_end():
    assert ends([(1, 0)], 1, 0, 8 * DAY) == (3 * DAY, None, None, None, None)


def test_a_deal_that_comes_back_is_in_the_stage_again():
    history = [(1, 0), (2, 2 * DAY), (1, 5 * DAY)]
    assert ends(history, 1, 0, 10 * DAY) == (None, 8 * DAY, None, None, None)


def test_of_two_entries_at_one_moment_the_later_given_counts():
    assert ends([(1, 0), (2, 0)], 1, 0, NEVER) == (None,) * 5
    assert ends([(2, 0), (1, 0)], 1, 0, NEVER)[0] == 3 * DAY
