"""Days begin and end where the organisation is."""

from datetime import UTC, date, datetime, timedelta

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
    lasts = clock.start_of_day(day + timedelta(days=1)) - clock.start_of_day(day)
    assert lasts == timedelta(hours=23)


def test_the_first_of_all_days_has_a_beginning(in_berlin):
    assert clock.start_of_day(date.min).year == 1
