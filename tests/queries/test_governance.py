"""What the board counts, and what its rules make of it."""

from datetime import timedelta

import pytest

from app.choices import Kind, Quadrant, Status, Suggestion
from app.clock import today
from app.db import session, transaction
from app.errors import Forbidden
from app.inputs.feedback import Decline
from app.inputs.governance import BoardListing
from app.models import Asset, AssetTally, Version
from app.queries import tallies
from app.queries.cards import PersonCard
from app.queries.governance import quadrants
from app.queries.governance.board import board
from app.queries.governance.counting import duplicates_of
from app.queries.governance.piece import Piece
from app.queries.governance.quadrants import Usual, usual
from app.queries.governance.suggestion import advice
from app.services import feedback
from tests.factories import (
    a_deal,
    a_draft,
    a_file,
    a_retired_asset,
    a_use,
    a_version,
    an_asset,
    count_all,
    days_ago,
    settle,
    some_feedback,
)

SOMEBODY = PersonCard(1, "Max", "max@example.com", True)
OLD = Piece(
    1, "a", "A", Kind.DECK, Status.PUBLISHED, SOMEBODY, 1, 200, None, 0, is_counted=True, views=4
)
USUAL = Usual(uses=4, views=10)


def row(actor, asset, **asked):
    """The row of one asset."""
    rows = board(actor, BoardListing(**asked)).rows
    return next(one for one in rows if one.piece.id == asset.id)


def titles(actor, **asked):
    """The titles of a page, in order."""
    return [one.piece.title for one in board(actor, BoardListing(**asked)).rows]


def change(asset, **values):
    """Set what no verb sets, such as the past."""
    with transaction():
        for name, value in values.items():
            setattr(session.get(Asset, asset.id), name, value)


def given_out(asset, days):
    """Let the current version be so many days old."""
    with transaction():
        version = session.query(Version).filter_by(asset_id=asset.id, is_current=True).one()
        version.published_at = days_ago(days)


@pytest.mark.parametrize(
    ("figures", "wanted", "reason"),
    [
        ({"status": Status.DRAFT, "wrong": 3}, "keep", "It has not been given to reps yet."),
        ({"status": Status.RETIRED, "duplicates": 1}, "keep", "It is retired already."),
        (
            {"wrong": 1, "duplicates": 1},
            "fix",
            "1 unanswered note says that it is wrong or out of date.",
        ),
        ({"days_over": 40, "uses": 2}, "fix", "It is in use, and its review is 40 days over."),
        ({"days_over": 1, "open_deals": 1}, "fix", "It is in use, and its review is 1 day over."),
        ({"duplicates": 1}, "merge", "Another piece has the same file or nearly the same pages."),
        (
            {"duplicates": 2, "views": 0},
            "merge",
            "2 other pieces have the same file or nearly the same pages.",
        ),
        (
            {"views": 0},
            "retire",
            "Nobody looked at it or used it in 90 days, and no open deal holds it.",
        ),
        ({"views": 0, "days_over": 400}, "retire", None),
        ({"views": 0, "open_deals": 1}, "keep", "An open deal holds it."),
        ({"views": 0, "age": 89}, "keep", "Its version is new and gets 90 days."),
        ({"views": 0, "is_counted": False}, "keep", "Its views and uses are not counted yet."),
        ({"uses": 1}, "keep", "It was used once in 90 days."),
        ({"days_over": 10}, "keep", "People look at it, though nobody used it in 90 days."),
    ],
)
def test_the_first_rule_that_applies_suggests(figures, wanted, reason):
    found = advice(OLD._replace(**figures))
    assert found.suggestion == wanted and reason in (None, found.reason)


@pytest.mark.parametrize(
    ("figures", "wanted"),
    [
        ({"uses": 4, "days_over": 1}, [Quadrant.HOT_BUT_STALE]),
        ({"views": 10, "days_over": 1}, [Quadrant.HOT_BUT_STALE]),
        ({"views": 9, "uses": 3, "days_over": 1}, []),
        ({"helped": 2, "unhelpful": 1, "uses": 1}, [Quadrant.GOOD_BUT_UNUSED]),
        ({"helped": 1, "uses": 2}, []),
        ({"helped": 1, "unhelpful": 1}, []),
        ({"uses": 4, "unhelpful": 1}, [Quadrant.USED_BUT_DOES_WORSE]),
        ({"uses": 4, "hurts": True}, [Quadrant.USED_BUT_DOES_WORSE]),
        ({"uses": 3, "unhelpful": 1}, []),
        ({"views": 0}, [Quadrant.DEAD]),
        ({"views": 0, "open_deals": 1}, [Quadrant.DEAD]),
        ({"views": 0, "age": 89}, []),
        ({"views": 0, "is_counted": False}, []),
        ({"views": 0, "status": Status.DRAFT}, []),
        (
            {"uses": 9, "days_over": 1, "unhelpful": 1},
            [Quadrant.HOT_BUT_STALE, Quadrant.USED_BUT_DOES_WORSE],
        ),
    ],
)
def test_a_piece_belongs_where_its_figures_put_it(figures, wanted):
    assert list(quadrants.of(OLD._replace(**figures), USUAL)) == wanted


def test_usual_is_the_median_of_what_was_used_at_all():
    used = [OLD._replace(uses=uses, views=0) for uses in (0, 0, 0, 4, 6, 50)]
    draft = OLD._replace(status=Status.DRAFT, uses=900)
    assert usual([*used, draft]) == Usual(uses=6, views=5)
    assert usual([]) == Usual(uses=3, views=5)


def test_reps_may_not_ask(rae, max):
    with pytest.raises(Forbidden):
        board(rae, BoardListing())


def test_views_and_genuine_uses_of_90_days_are_counted(browse, max, mia, rae):
    asset, deal = an_asset(max), a_deal(rae, stage_history=[])
    browse("rae").get("/assets/acme-deck")
    a_use(rae, deal, asset, "presented", occurred_at=days_ago(89))
    a_use(rae, deal, asset, "claimed", occurred_at=days_ago(1))
    a_use(rae, deal, asset, "downloaded")
    a_use(rae, deal, asset, "shared", occurred_at=days_ago(91))
    count_all()
    piece = row(mia, asset).piece
    assert (piece.views, piece.uses, piece.open_deals) == (1, 2, 1)


def test_only_open_deals_hold_a_piece(max, rae):
    asset = an_asset(max)
    a_use(rae, a_deal(rae, "A"), asset)
    a_use(rae, a_deal(rae, "A"), asset, "shared")
    a_use(rae, a_deal(rae, "B", outcome="won", closed_on=today().isoformat()), asset)
    count_all()
    assert row(max, asset).piece.open_deals == 1


def test_tallies_are_written_only_where_something_changed(max, rae):
    first, second = an_asset(max), an_asset(max, "Other")
    count_all()
    before = session.get(AssetTally, second.id).computed_at
    count_all()
    assert session.get(AssetTally, second.id).computed_at == before
    assert session.get(AssetTally, first.id).computed_at == tallies.counted_at() > before
    a_use(rae, a_deal(rae), second)
    count_all()
    assert session.get(AssetTally, second.id).uses == 1


def test_a_tally_goes_with_its_asset(max):
    asset = an_asset(max)
    count_all()
    with transaction():
        session.query(Version).filter_by(asset_id=asset.id).delete()
        session.query(Asset).filter_by(id=asset.id).delete()
    assert session.query(AssetTally).count() == 0


def test_what_was_never_counted_is_not_called_dead(max):
    asset = an_asset(max)
    given_out(asset, 400)
    found = row(max, asset)
    assert (found.advice.suggestion, list(found.quadrants)) == (Suggestion.KEEP, [])
    count_all()
    found = row(max, asset)
    assert (found.advice.suggestion, list(found.quadrants)) == (Suggestion.RETIRE, [Quadrant.DEAD])


def test_unanswered_feedback_counts_and_praise_waits_for_nobody(max, rae):
    asset = an_asset(max)
    for verdict in ("wrong", "out_of_date", "did_not_help", "helped", "helped"):
        some_feedback(rae, asset, verdict=verdict)
    piece = row(max, asset).piece
    assert (piece.notes, piece.wrong, piece.balance) == (3, 2, -1)


def test_what_was_declined_counts_no_more(max, rae):
    asset, said = (made := an_asset(max)), some_feedback(rae, made)
    with transaction():
        feedback.decline(max, session.merge(said), Decline(reason="It is right"))
    piece = row(max, asset).piece
    assert (piece.notes, piece.wrong, piece.balance) == (0, 0, 0)


def test_feedback_of_long_ago_says_nothing_of_how_good_a_piece_is(max, rae):
    asset, said = (made := an_asset(max)), some_feedback(rae, made, verdict="helped")
    with transaction():
        session.merge(said).created_at = days_ago(366)
    assert row(max, asset).piece.balance == 0


def test_duplicates_are_other_living_pieces_with_the_same_current_bytes(max, mia):
    one, other = an_asset(max, "One", text="Same"), an_asset(max, "Other", text="Same")
    gone = a_retired_asset(max, "Gone", text="Same")
    a_draft(max, "Draft", text="Same")
    assert duplicates_of(mia) == {one.id: 1, other.id: 1, gone.id: 2}
    a_version(max, other, "Else")
    assert duplicates_of(mia) == {gone.id: 1}


def test_pieces_with_nearly_the_same_pages_are_duplicates_too(max, mia):
    words = "Most customers earn back what they paid within eleven months of the start of it"
    one = an_asset(max, "One", text=words)
    other = an_asset(max, "Other", text=words.replace("eleven", "nine"))
    settle()
    assert duplicates_of(mia) == {one.id: 1, other.id: 1}


def test_age_and_days_over_are_of_the_current_version(max):
    asset = an_asset(max)
    a_version(max, asset)
    given_out(asset, 12)
    change(asset, review_by=today() - timedelta(days=3))
    piece = row(max, asset).piece
    assert (piece.number, piece.age, piece.days_over) == (2, 12, 3)


def test_a_draft_is_never_overdue(max):
    draft = a_draft(max)
    change(draft, review_by=today() - timedelta(days=3))
    piece = row(max, draft).piece
    assert (piece.number, piece.age, piece.days_over) == (None, None, 0)


def test_a_manager_does_not_see_drafts_of_others(max, mia):
    an_asset(max, "Out")
    a_draft(max, "Hidden")
    assert titles(mia) == ["Out"] and titles(max, sort="title") == ["Hidden", "Out"]


def test_filters_narrow_together(max, ada, rob):
    an_asset(max, "Deck", kind="deck", stages=["Desire"], owner="rob@example.com")
    change(an_asset(max, "Price", kind="pricing"), review_by=today() - timedelta(days=1))
    a_retired_asset(max, "Gone")
    with transaction():
        session.merge(rob).is_active = False
    assert titles(max, sort="title") == ["Deck", "Price"]
    assert titles(max, status=["retired"]) == ["Gone"]
    assert titles(max, kind=["deck"]) == titles(max, stage=["desire"]) == ["Deck"]
    assert titles(max, inactive_owner=True) == titles(max, owner=["ROB@example.com"]) == ["Deck"]
    assert titles(max, overdue=True) == ["Price"]
    assert titles(max, overdue=True, kind=["deck"]) == []
    assert titles(max, suggestion=["retire"]) == []


def test_quadrants_are_counted_under_the_other_filters(max):
    for title, kind in (("A", "deck"), ("B", "deck"), ("C", "pricing")):
        given_out(an_asset(max, title, kind=kind), 100)
    count_all()
    asked = {"kind": [Kind.DECK], "quadrant": [Quadrant.GOOD_BUT_UNUSED]}
    found = board(max, BoardListing(**asked))
    assert (found.total, dict(found.panels)) == (0, {Quadrant.DEAD: 2})


def test_the_longest_overdue_come_first_then_the_most_used(max, rae):
    for title, days in (("B", 1), ("A", 9), ("D", 0), ("C", 0)):
        change(an_asset(max, title), review_by=today() - timedelta(days=days))
    a_use(rae, a_deal(rae), board(max, BoardListing(sort="-title")).rows[0].piece)
    count_all()
    assert titles(max) == ["A", "B", "D", "C"]


@pytest.mark.parametrize("order", ["age", "-age"])
def test_what_has_no_age_comes_last_in_either_direction(max, order):
    a_draft(max, "Draft")
    an_asset(max, "Out")
    assert titles(max, sort=order) == ["Out", "Draft"]


def test_every_row_comes_once_over_the_pages(max):
    for number in range(5):
        an_asset(max, f"Deck {number}")
    first = board(max, BoardListing(limit=2, sort="title"))
    second = board(max, BoardListing(limit=2, sort="title", cursor=first.next))
    third = board(max, BoardListing(limit=2, sort="title", cursor=second.next))
    shown = [row.piece.title for page in (first, second, third) for row in page.rows]
    assert (shown, third.next, first.total) == ([f"Deck {n}" for n in range(5)], None, 5)


def test_a_file_that_is_named_the_same_is_no_duplicate(max):
    an_asset(max, "One", file=a_file("This", "a.txt"))
    an_asset(max, "Two", file=a_file("That", "a.txt"))
    assert duplicates_of(max) == {}
