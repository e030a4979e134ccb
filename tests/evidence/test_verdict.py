"""What may be said of compared rows, and why nothing more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence.comparing import Comparison
from app.evidence.mantel_haenszel import Difference
from app.evidence.verdict import Reason, Row, Verdict, judge, more_deals_needed

COMPARED = Comparison(
    used=100, undated=0, left=0, matched=100, matched_won=50, comparable=200, comparable_won=100,
    strata=9, is_clustered=False, difference=Difference(0.0, 0.0025),
)  # fmt: skip


def a_row(asset, lift=0.0, kind="deck", stage=1, reps=9, **said):
    """A row that reaches the minima unless told."""
    compared = replace(COMPARED, difference=Difference(lift, 0.0025), **said)
    return Row(asset, kind, stage, reps, compared)


def company(*first, peers=5):
    """These rows, and peers without a lift."""
    return [*first, *(a_row(f"peer {n}") for n in range(peers))]


def said_of(row, peers=5, *, is_mature=True):
    """What is said of one row among peers."""
    return judge(company(row, peers=peers), is_mature=is_mature)[0]


@pytest.mark.parametrize(
    ("lift", "verdict"), [(0.3, Verdict.LIKELY_HELPS), (-0.3, Verdict.LIKELY_HURTS)]
)
def test_a_large_lift_beyond_its_peers_has_a_verdict(lift, verdict):
    found = said_of(a_row("it", lift))
    assert (found.verdict, found.reason) == (verdict, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (a_row("it", 0.3, used=19, comparable=1), Reason.FEW_USED),
        (a_row("it", 0.3, comparable=19, matched=1), Reason.FEW_COMPARABLE),
        (a_row("it", 0.3, matched=49, used=100), Reason.POOR_MATCH),
        (a_row("it", 0.3, reps=4), Reason.FEW_REPS),
        (a_row("it", 0.05), Reason.NO_DIFFERENCE_SEEN),
    ],
)
def test_the_first_reason_that_applies_is_given(row, reason):
    found = said_of(row)
    assert (found.verdict, found.reason) == (Verdict.CANT_TELL, reason)


def test_two_other_pieces_are_too_few_to_be_set_against():
    found = said_of(a_row("it", 0.3), peers=2)
    assert (found.reason, found.peer) == (Reason.FEW_PEERS, None)


def test_while_many_deals_are_open_nothing_is_said():
    assert said_of(a_row("it", 0.3), is_mature=False).reason is Reason.IMMATURE


def test_few_of_its_kind_are_made_up_by_every_kind():
    found = judge(company(a_row("it", 0.3, kind="pricing")), is_mature=True)
    assert (found[0].is_among_kind, found[1].is_among_kind) == (False, True)


def test_peers_are_of_the_same_stage():
    rows = [a_row("it", 0.3, stage=2), *company()]
    assert judge(rows, is_mature=True)[0].reason is Reason.FEW_PEERS


def test_where_all_ended_alike_no_difference_was_seen():
    alike = Row("it", "deck", 1, 9, replace(COMPARED, difference=None))
    assert said_of(alike).reason is Reason.NO_DIFFERENCE_SEEN


def test_many_tests_ask_for_more_than_one_does():
    barely = 0.16
    alone = judge(company(a_row("it", barely), peers=3), is_mature=True)[0]
    among = judge(company(a_row("it", barely), peers=200), is_mature=True)[0]
    assert alone.verdict is Verdict.LIKELY_HELPS and among.verdict is Verdict.CANT_TELL


def test_a_thin_row_shows_no_lift_and_is_nobody_s_peer():
    rows = [a_row("it", 0.3, used=19), *company(peers=4)]
    found = judge(rows, is_mature=True)
    assert rows[0].lift is None and found[1].peer.count == 3


@given(st.integers(0, 100))
def test_how_many_more_deals_it_takes_never_rests_on_what_was_seen(won):
    seen = replace(COMPARED, matched_won=won, difference=Difference(won / 100 - 0.5, 0.01))
    assert more_deals_needed(seen) == more_deals_needed(COMPARED)


def test_with_enough_deals_no_more_are_needed_and_without_comparable_ones_nobody_knows():
    assert more_deals_needed(replace(COMPARED, used=1000)) == 0
    assert more_deals_needed(replace(COMPARED, comparable=0, comparable_won=0)) is None
