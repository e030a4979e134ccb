"""Reminders of review dates: one digest a day for each owner, then the manager; who hands over."""

from datetime import timedelta

import pytest

from app.choices import Kind, NoticeKind
from app.clock import today
from app.db import session, transaction
from app.inputs.kind import KindChange
from app.inputs.listing import Listing
from app.models import AuditLine, Notice
from app.queries import assets, notices
from app.services import kinds, people, reminders
from tests.factories import a_draft, an_asset


def due_in(asset, days):
    """Let its review be due in some days, before today where negative."""
    with transaction():
        session.merge(asset).review_by = today() + timedelta(days=days)


def remind():
    """Do what the schedule does; answers how many digests there were."""
    with transaction():
        return reminders.remind()


def told(person):
    """What somebody reads in their inbox, newest first."""
    session.expire_all()
    return notices.listing(person, Listing()).items


@pytest.mark.parametrize(("days", "is_told"), [(31, False), (30, True), (14, True), (0, True)])
def test_an_owner_is_told_from_thirty_days_ahead(max, days, is_told):
    due_in(an_asset(max, kind="deck"), days)
    remind()
    assert bool(told(max)) is is_told


def test_an_owner_gets_one_digest_of_all_that_is_near(max):
    for number, days in enumerate((30, 3, -2)):
        due_in(an_asset(max, f"Deck {number}", kind="deck"), days)
    assert (remind(), remind()) == (1, 0)
    [digest] = told(max)
    assert digest.title.startswith("3 pieces") and "2 days ago" in digest.body


def test_the_next_step_is_told_on_its_day(max, monkeypatch):
    due_in(an_asset(max, kind="deck"), 30)
    remind()
    for later, count in ((15, 0), (16, 1), (26, 0), (27, 1), (30, 1), (31, 0)):
        day = today() + timedelta(days=later)
        with monkeypatch.context() as patched:
            patched.setattr("app.services.reminders.today", lambda day=day: day)
            patched.setattr("app.queries.reviews.today", lambda day=day: day)
            assert remind() == count, later


def test_a_kind_that_is_good_for_thirty_days_is_not_told_on_its_first(max):
    an_asset(max, kind="pricing")
    assert remind() == 0


def test_a_week_over_goes_to_the_owners_manager(max, mia):
    due_in(an_asset(max, kind="deck"), -7)
    remind()
    [notice] = told(mia)
    assert notice.kind is NoticeKind.REVIEW_ESCALATION and "owner Max" in notice.body


def test_without_a_manager_it_goes_to_the_admins(max, ada):
    due_in(an_asset(max, owner="otto@example.com", kind="deck"), -8)
    remind()
    assert [notice.kind for notice in told(ada)] == [NoticeKind.REVIEW_ESCALATION]


def test_an_admin_settles_how_long_a_review_is_good_for(ada, max):
    with transaction():
        kinds.settle(ada, Kind.DECK, KindChange(review_days=10))
    assert an_asset(max, kind="deck").review_by == today() + timedelta(days=10)
    assert session.query(AuditLine).filter_by(action="kind.settled").count() == 1


def test_whoever_leaves_hands_over_to_their_team(ada, max, mia, rae):
    mine, draft = an_asset(max), a_draft(max)
    with transaction():
        people.deactivate(ada, session.merge(max))
    owners = {assets.get(ada, one.id).owner.name for one in (mine, draft)}
    assert owners == {"Mia"} and told(mia)[0].title == "You now look after 2 pieces of Max"
    assert session.query(AuditLine).filter_by(action="asset.handed_over").count() == 2


def test_somebody_on_no_team_hands_over_to_who_may_publish(ada, max):
    asset = an_asset(max, owner="otto@example.com")
    with transaction():
        people.deactivate(ada, asset.owner)
    assert assets.get(ada, asset.id).owner.name == "Max"


def test_who_has_left_is_not_reminded(ada, max, mia):
    due_in(an_asset(max, kind="deck"), 3)
    with transaction():
        session.merge(max).is_active = False
    assert remind() == 0 and session.query(Notice).count() == 0
