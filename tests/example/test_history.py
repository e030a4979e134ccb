"""The example company's deals: the same every time, believable, with what is planted in them."""

from datetime import UTC, datetime, timedelta

import pytest

from app.choices import Outcome
from app.example import history
from app.example.catalogue import assets
from app.example.chance import Chance
from app.example.notes import notes
from app.example.people import PEOPLE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made():
    """Every deal as of one moment."""
    return history.deals(assets(), NOW)


def won(deals) -> float:
    """The share that was won."""
    return sum(deal.outcome is Outcome.WON for deal in deals) / len(deals)


def used(deals, key, *, is_used=True):
    """The closed deals on which a piece was, or was not, genuinely used."""
    return [
        deal
        for deal in deals
        if deal.outcome is not Outcome.OPEN
        and any(use.asset == key and use.is_genuine for use in deal.uses) is is_used
    ]


def test_they_are_the_same_every_time(made):
    assert history.deals(assets(), NOW) == made


def test_a_day_later_all_has_moved_by_a_day(made):
    later = history.deals(assets(), NOW + timedelta(days=1))
    assert [deal.opened_on - timedelta(days=1) for deal in later] == [d.opened_on for d in made]
    assert [deal.outcome for deal in later] == [deal.outcome for deal in made]


def test_nothing_lies_in_the_future_or_before_it_can(made):
    for deal in made:
        moments = [at for _, at in deal.stages]
        assert moments == sorted(moments) and moments[-1] <= NOW
        assert all(use.occurred_at <= use.recorded_at <= NOW for use in deal.uses)
        assert deal.closed_on is None or deal.opened_on <= deal.closed_on <= NOW.date()


def test_enough_deals_are_closed_and_enough_are_open(made):
    still_open = sum(deal.outcome is Outcome.OPEN for deal in made)
    assert len(made) == 400 and 20 <= still_open < 40


def test_the_planted_deck_wins_more_where_it_was_used(made):
    in_desire = [deal for deal in made if "desire" in dict(deal.stages)]
    gain = won(used(in_desire, history.HELPS)) - won(used(in_desire, history.HELPS, is_used=False))
    assert gain == pytest.approx(history.EFFECT, abs=0.1)


def test_the_planted_chance_differs_by_the_stated_amount():
    deck = type("Use", (), {"asset": history.HELPS, "is_genuine": True})()
    base = history.win_chance(0.0, "Mid-market", [])
    assert history.win_chance(0.0, "Mid-market", [deck]) - base == pytest.approx(history.EFFECT)


def test_the_other_planted_piece_only_looks_good(made):
    in_sale = [deal for deal in made if "sale" in dict(deal.stages)]
    asked, others = used(made, history.LOOKS_GOOD), used(made, history.LOOKS_GOOD, is_used=False)
    assert won(asked) - won(others) > 0.4
    like_them = used(in_sale, history.LOOKS_GOOD, is_used=False)
    assert won(asked) - won(like_them) < 0.15


def test_every_note_is_about_something_there():
    versions = {asset.key: len(asset.versions) for asset in assets()}
    for note in notes():
        assert not note.asset or note.version <= versions[note.asset]
        assert note.fixed_in is None or note.version < note.fixed_in <= versions[note.asset]


def test_the_company_has_twelve_people_in_three_teams():
    assert len(PEOPLE) == 12 and len({one.team for one in PEOPLE if one.team}) == 3


@pytest.mark.parametrize("mean", [0.3, 1.0, 3.0])
def test_chance_counts_what_it_should(mean):
    chance = Chance("count")
    drawn = [chance.count(mean) for _ in range(4000)]
    assert sum(drawn) / len(drawn) == pytest.approx(mean, rel=0.1)
