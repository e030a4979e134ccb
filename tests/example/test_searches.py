"""The example company's searches: the same every time, with the gaps that are planted."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from app.example.catalogue import assets
from app.example.searches import DAYS, FOUND, MISSED, searches

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made():
    """Every search as of one moment."""
    return searches(assets(), NOW)


def test_they_are_the_same_every_time(made):
    assert made == searches(assets(), NOW)


def test_they_are_of_the_last_four_weeks_and_in_order(made):
    times = [one.at for one in made]
    assert times == sorted(times)
    assert NOW - timedelta(days=DAYS + 1) < times[0] and times[-1] <= NOW


def test_what_is_planted_was_searched_in_vain_by_so_many(made):
    missed = {text: set() for text, _, _ in MISSED}
    for one in made:
        if one.asset is None:
            missed[one.text].add(one.person)
    assert {text: len(people) for text, people in missed.items()} == {t: n for t, n, _ in MISSED}


def test_the_others_opened_something_that_was_found(made):
    found = [one for one in made if one.asset]
    assert len(found) == FOUND
    assert all(1 <= one.position <= one.total for one in found)


def test_nobody_searches_twice_within_a_minute(made):
    for person in {one.person for one in made}:
        times = [one.at for one in made if one.person == person]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert all(gap > timedelta(seconds=60) for gap in gaps)
