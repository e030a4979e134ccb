"""Library health: what is due, unused or said to be wrong, and how the library moves."""

from datetime import timedelta

import pytest

from app.choices import Kind
from app.clock import today
from app.db import session, transaction
from app.errors import Forbidden
from app.inputs.governance import BoardListing
from app.inputs.insights import Period
from app.models import Asset, User
from app.queries.governance.board import board
from app.queries.library_health import behind, library_health
from app.services.reviews import confirm
from tests.factories import a_draft, a_retired_asset, a_version, an_asset, count_all, some_feedback

ALWAYS = Period()


def measures(actor, **asked):
    """How many of how many, by name."""
    found = library_health(actor, Period(**asked))
    return {name: tuple(one) for name, one in found.measures.items()}


def of_asset(asset, **columns):
    """Change it behind everybody's back."""
    with transaction():
        kept = session.get(Asset, asset.id)
        for name, value in columns.items():
            setattr(kept, name, value)


def test_an_empty_library_has_nothing_to_tell(mia):
    found = library_health(mia, ALWAYS)
    assert (found.kinds, found.unanswered.rate, measures(mia)["overdue"]) == ([], None, (0, 0))


def test_only_published_pieces_are_counted(max, mia):
    an_asset(max), a_draft(max), a_retired_asset(max)
    assert measures(mia)["overdue"] == (0, 1)


def test_a_review_that_is_over_is_counted_and_named(max, mia):
    late, _ = an_asset(max, "Late"), an_asset(max, "In time")
    of_asset(late, review_by=today() - timedelta(days=3))
    assert measures(mia)["overdue"] == (1, 2)
    assert [piece.title for piece in behind(mia, ALWAYS, "overdue")] == ["Late"]


def test_a_piece_whose_owner_has_left_is_counted(max, mia, rae):
    asset = an_asset(max)
    of_asset(asset, owner_id=rae.id)
    with transaction():
        session.get(User, rae.id).is_active = False
    assert measures(mia)["orphaned"] == (1, 1)


def test_pieces_with_the_same_pages_and_those_said_to_be_wrong_are_counted(max, mia, rae):
    one, _ = an_asset(max, "One", text="Same words."), an_asset(max, "Other", text="Same words.")
    some_feedback(rae, one)
    assert (measures(mia)["doubled"], measures(mia)["called_wrong"]) == ((2, 2), (1, 2))


def test_a_team_is_told_of_its_own_pieces(max, mia, rae, rob):
    mine, other = an_asset(max, "Of North"), an_asset(max, "Of South")
    of_asset(other, owner_id=rob.id)
    of_asset(mine, owner_id=rae.id, review_by=today() - timedelta(days=1))
    assert (measures(mia, team="North")["overdue"], measures(mia)["overdue"]) == ((1, 1), (1, 2))


def test_what_is_done_counts_in_its_month(max, mia):
    asset = an_asset(max)
    a_version(max, asset)
    with transaction():
        confirm(max, asset)
    a_retired_asset(max)
    last = library_health(mia, ALWAYS).moved[-1]
    assert last == (f"{today():%Y-%m}", 2, 1, 1, 1)


def test_notes_wait_until_they_are_answered(max, mia, rae):
    some_feedback(rae, an_asset(max, kind="deck"))
    found = library_health(mia, ALWAYS)
    assert (tuple(found.unanswered), found.notes[-1].n) == ((1, 1), 1)
    assert [(one.kind, one.pieces, one.waiting) for one in found.kinds] == [(Kind.DECK, 1, 1)]


def test_nothing_is_idle_before_it_had_its_time(max, mia):
    asset = an_asset(max)
    count_all()
    assert measures(mia)["idle"] == (0, 1)
    with transaction():
        session.get(Asset, asset.id).current_version.published_at -= timedelta(days=91)
    assert measures(mia)["idle"] == (1, 1)


def test_reps_are_not_told(rae):
    with pytest.raises(Forbidden):
        library_health(rae, ALWAYS)


def test_the_pages_and_tables_say_the_same(browse, call, max):
    of_asset(an_asset(max, "Late"), review_by=today() - timedelta(days=3))
    page = browse("mia").get("/insights/library").text
    assert "Library health" in page and "/insights/library/overdue" in page
    assert "Late" in browse("mia").get("/insights/library/overdue").text
    assert ",Late," in browse("mia").get("/insights/library/overdue.csv").text
    answer = call("mia").get("/api/v1/insights/library").json
    assert answer["measures"]["overdue"] == {"n": 1, "of": 1, "rate": 1.0}


def test_an_unknown_measure_is_not_there(browse):
    assert browse("mia").get("/insights/library/luck").status_code == 404
    assert browse("mia").get("/insights/library/luck.csv").status_code == 404


def test_the_measures_count_what_the_board_says_of_each_piece(max, mia, rae):
    for number, (days, over) in enumerate(((91, 0), (90, 3), (89, 0), (400, -2))):
        asset = an_asset(max, f"Deck {number}")
        of_asset(asset, review_by=today() - timedelta(days=over))
        with transaction():
            session.get(Asset, asset.id).current_version.published_at -= timedelta(days=days)
    some_feedback(rae, asset, verdict="out_of_date")
    count_all()
    pieces = [row.piece for row in board(mia, BoardListing()).rows]
    said = {
        "overdue": sum(piece.days_over > 0 for piece in pieces),
        "idle": sum(piece.is_forgotten for piece in pieces),
        "called_wrong": sum(piece.wrong > 0 for piece in pieces),
    }
    assert said == {"overdue": 1, "idle": 3, "called_wrong": 1}
    assert {name: measures(mia)[name][0] for name in said} == said
    assert {name: len(behind(mia, ALWAYS, name)) for name in said} == said
