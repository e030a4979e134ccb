"""Days begin and end where the organisation is."""

from datetime import UTC, date, datetime

import pytest

from app import clock


@pytest.fixture
def in_berlin():
    clock.use_time_zone("Europe/Berlin")
    yield
    clock.use_time_zone("UTC")


def test_a_summer_day_begins_two_hours_earlier_in_utc(in_berlin):
    assert clock.start_of_day(date(2026, 7, 1)) == datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_the_day_of_the_time_change_has_23_hours(in_berlin):
    day = date(2026, 3, 29)
    assert (clock.end_of_day(day) - clock.start_of_day(day)).total_seconds() == 23 * 3600
