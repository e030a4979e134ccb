"""Figures that catch up with what changed are those that come of everything worked out anew."""

from random import Random

import pytest
from sqlalchemy import select

from app.choices import Outcome
from app.clock import today
from app.db import session, transaction
from app.http.evidence import catch_up, refresh
from app.inputs.deal import DealChange
from app.models import Team, Use, User
from app.models.evidence import EvidenceAsset, EvidenceRow
from app.queries.evidence import snapshots
from app.queries.evidence.marks import mark
from app.queries.evidence.recounting import recount
from app.queries.evidence.scope import default
from app.services import deals as deal_verbs
from app.services import evidence
from app.services.uses import undo
from tests.factories import a_deal, a_use, a_version, an_asset

PASSING = {"id", "computed_at", "seconds", "last_seconds", "asked_at"}


@pytest.fixture
def company(max, mia):
    """Some deals, open and closed, and decks used on them."""
    decks = [an_asset(max, f"Deck {number}") for number in range(3)]
    deals = [a_deal(mia, f"D{number}") for number in range(8)]
    for number, deal in enumerate(deals):
        a_use(mia, deal, decks[number % 2])
    for deal in deals[:4]:
        close(mia, deal)
    refresh(default())
    return decks, deals


def close(actor, deal):
    """Win it today."""
    with transaction():
        change = DealChange(name=deal.name, outcome=Outcome.WON, closed_on=today())
        deal_verbs.put(actor, deal.external_id, change)


def table(model):
    """A table's rows without what differs from one time to the next."""
    names = [one.key for one in model.__mapper__.column_attrs if one.key not in PASSING]
    rows = session.execute(select(*(getattr(model, name) for name in names)))
    return sorted(map(repr, rows))


def taken_back(chance, actor):
    """Undo a use of theirs."""
    own = session.scalars(select(Use).where(Use.person_id == actor.id).order_by(Use.id)).all()
    with transaction():
        undo(actor, chance.choice(own))


def figures():
    """All that is kept of the evidence."""
    session.expire_all()
    known = snapshots.exactly(default())
    columns = [one.key for one in known.__mapper__.column_attrs]
    kept = {name: getattr(known, name) for name in columns if name not in PASSING}
    session.rollback()
    return kept, table(EvidenceAsset), table(EvidenceRow)


def is_counted_alone():
    """Whether no more than counting is to be done."""
    found = recount(default(), snapshots.exactly(default()))
    session.rollback()
    return found is not None


def assert_caught_up():
    """Catch up, and see that working everything out changes nothing."""
    catch_up(default())
    caught_up = figures()
    refresh(default())
    assert caught_up == figures()


def test_a_use_of_an_open_deal_is_only_counted(company, rae):
    decks, deals = company
    a_use(rae, deals[7], decks[0])
    assert is_counted_alone()
    before = figures()
    assert_caught_up()
    assert figures() != before


def test_a_piece_that_was_never_used_gets_its_row(company, mia):
    decks, deals = company
    a_use(mia, deals[6], decks[2])
    assert is_counted_alone()
    assert_caught_up()
    assert session.get(EvidenceAsset, (snapshots.exactly(default()).id, decks[2].id)).deals == 1


def test_a_deal_that_closes_changes_what_is_compared(company, mia):
    close(mia, company[1][5])
    assert not is_counted_alone()
    assert_caught_up()


def test_a_use_reported_after_the_close_changes_what_is_compared(company, mia):
    decks, deals = company
    a_use(mia, deals[0], decks[2])
    assert not is_counted_alone()
    assert_caught_up()


def test_a_use_taken_back_changes_more_than_can_be_counted(company, mia):
    with transaction():
        undo(mia, session.scalars(select(Use).order_by(Use.id.desc())).first())
    assert not is_counted_alone()
    assert_caught_up()


def test_a_use_that_takes_the_place_of_one_taken_back_is_counted(company, mia):
    decks, deals = company
    a_use(mia, deals[7], decks[0])
    catch_up(default())
    with transaction():
        undo(mia, session.scalars(select(Use).order_by(Use.id.desc())).first())
    a_use(mia, deals[7], decks[2])
    assert not is_counted_alone()
    assert_caught_up()


def test_somebody_who_changes_team_takes_the_coverage_along(company, mia):
    before = snapshots.exactly(default())
    seen = before.coverage, before.mark
    with transaction():
        south = session.scalar(select(Team.id).where(Team.name == "South"))
        session.get(User, mia.id).team_id = south
    assert mark(default()) != seen[1]
    assert_caught_up()
    assert snapshots.exactly(default()).coverage != seen[0]


def test_what_another_worker_put_there_meanwhile_stays(company, mia):
    decks, deals = company
    a_use(mia, deals[6], decks[1])
    found = recount(default(), snapshots.exactly(default()))
    session.rollback()
    close(mia, deals[6])
    refresh(default())
    newest = figures()
    with transaction():
        evidence.keep_counts(found)
    assert figures() == newest


@pytest.mark.parametrize("seed", range(6))
def test_after_any_changes_the_figures_are_the_same(company, max, mia, rae, seed):
    decks, deals = company
    chance = Random(seed)
    changes = [
        lambda: a_use(chance.choice([mia, rae]), chance.choice(deals), chance.choice(decks)),
        lambda: close(mia, chance.choice(deals)),
        lambda: a_version(max, chance.choice(decks), f"Words {chance.random()}"),
        lambda: deals.append(a_deal(mia, f"N{len(deals)}")),
        lambda: taken_back(chance, mia),
        lambda: decks.append(an_asset(max, f"Later {len(decks)}")),
    ]
    for _ in range(6):
        for change in chance.choices(changes, weights=[8, 1, 1, 1, 2, 1], k=3):
            change()
        assert_caught_up()
