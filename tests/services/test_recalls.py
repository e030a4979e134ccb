"""Recalls: exactly those who hold the old version, told what changed, until all are done."""

import pytest

from app.choices import Holding, NoticeKind, RecallLevel
from app.clock import now
from app.db import session, transaction
from app.errors import Conflict, Forbidden, NotFound
from app.inputs.asset import Retirement, Rollback
from app.inputs.listing import Listing
from app.models import AuditLine, Notice, Recall
from app.queries import assets, notices, recalls
from app.services import people, publishing, recall_news, retirement
from app.services import recalls as verbs
from app.worker.telling import tell_recall
from tests.factories import (
    a_deal,
    a_deck,
    a_download,
    a_file,
    a_use,
    a_version,
    an_asset,
    days_ago,
    elsewhere,
    read_all,
)


def the_recall():
    """The only one there is."""
    session.expire_all()
    return session.query(Recall).one()


def names():
    """Who is on the list."""
    return sorted(holder.person.name for holder in the_recall().holders)


def told(person):
    """What somebody reads in their inbox, newest first."""
    session.expire_all()
    return notices.listing(person, Listing()).items


def tell():
    """Tell the holders, as the worker does."""
    read_all()
    recall_id = the_recall().id
    elsewhere(lambda: tell_recall(recall_id))


def retire(actor, asset, **said):
    """Retire an asset."""
    with transaction():
        retirement.retire(
            actor, assets.get(actor, asset.id), Retirement(reason="Old prices", **said)
        )


def test_exactly_those_who_hold_the_old_version_are_listed(max, rae, rob, otto):
    asset = an_asset(max)
    a_download(rae, asset)
    a_use(rob, a_deal(rob, "R-1", outcome="lost", closed_on=days_ago(0).date()), asset, "shared")
    a_deal(otto, "O-1")
    a_version(max, asset)
    assert names() == ["Rae", "Rob"]


def test_an_open_deal_is_its_owners_and_a_closed_one_nobodys(max, mia, rae, rob):
    asset = an_asset(max)
    a_use(mia, a_deal(rae, "R-1"), asset, "presented")
    a_use(rob, a_deal(rob, "R-2", outcome="lost", closed_on=days_ago(0).date()), asset)
    a_version(max, asset)
    [holder] = the_recall().holders
    assert (holder.person.name, [one.why for one in holder.reasons]) == (
        "Rae",
        [Holding.OPEN_DEAL],
    )


def test_who_holds_only_an_older_one_is_not_told_again(max, rae, rob):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset, recall="silent")
    a_download(rob, asset)
    a_version(max, asset, "Newest words")
    assert names() == ["Rob"]


@pytest.mark.parametrize("level", ["silent", "notify"])
def test_without_holders_or_in_silence_there_is_no_recall(max, rae, level):
    asset = an_asset(max)
    if level == "silent":
        a_download(rae, asset)
    a_version(max, asset, recall=level)
    assert session.query(Recall).count() == 0


def test_whoever_publishes_is_not_on_the_list(max):
    asset = an_asset(max)
    a_download(max, asset)
    a_version(max, asset)
    assert session.query(Recall).count() == 0


def test_a_version_that_waits_recalls_nothing_until_it_is_published(max, rae, call):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset, publish=False, recall="must_replace")
    assert session.query(Recall).count() == 0
    call("max").post(f"/api/v1/assets/{asset.slug}/publish", json={"version": 2})
    assert the_recall().level is RecallLevel.MUST_REPLACE


def test_holders_are_told_what_changed_and_which_buyers_have_it(max, rae):
    asset = an_asset(
        max, "Acme deck", file=a_file(a_deck("Price: 100 euros a month now"), "a.pptx")
    )
    a_use(rae, a_deal(rae, "R-1", account="Blue Ocean"), asset, "shared")
    read_all()
    a_version(max, asset, file=a_file(a_deck("Price: 120 euros a month now"), "a.pptx"))
    tell()
    [notice] = told(rae)
    assert "Pages changed: 1." in notice.body and "Blue Ocean" in notice.body
    assert "Newer figures" in notice.body and notice.address == f"/recalls/{the_recall().id}"


def test_nobody_is_told_twice(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset)
    tell()
    tell()
    assert len(told(rae)) == 1


def test_nobody_is_told_while_the_new_text_is_being_read(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset)
    recall_id = the_recall().id
    elsewhere(lambda: tell_recall(recall_id))
    assert told(rae) == [] and the_recall().told_at is None


def test_a_retirement_recalls_every_version_and_points_to_the_living_one(max, rae, rob):
    asset, other = an_asset(max), an_asset(max, "Better deck")
    a_download(rae, asset)
    a_version(max, asset, recall="silent")
    a_download(rob, asset)
    retire(max, asset, replaced_by=other.id)
    tell()
    assert names() == ["Rae", "Rob"]
    assert "Use “Better deck” instead" in told(rob)[0].body


def test_the_list_is_closed_when_the_last_is_done(max, rae, rob):
    asset = an_asset(max)
    a_download(rae, asset)
    a_download(rob, asset)
    a_version(max, asset)
    for person in (rae, rob):
        assert the_recall().closed_at is None
        with transaction():
            verbs.done(person, recalls.get(person, the_recall().id))
    assert the_recall().closed_at is not None
    assert session.query(AuditLine).filter_by(action="recall.done").count() == 2


def test_done_twice_is_done_once(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset)
    for _ in range(2):
        with transaction():
            verbs.done(rae, recalls.get(rae, the_recall().id))
    assert session.query(AuditLine).filter_by(action="recall.done").count() == 1


def test_who_has_left_keeps_no_list_open(max, ada, rae, rob):
    asset = an_asset(max)
    a_download(rae, asset)
    a_download(rob, asset)
    a_version(max, asset)
    with transaction():
        people.deactivate(ada, session.merge(rob))
    with transaction():
        verbs.done(rae, recalls.get(rae, the_recall().id))
    assert the_recall().closed_at is not None


def test_others_see_no_recall_and_cannot_say_done(max, rae, rob):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset)
    with pytest.raises(NotFound):
        recalls.get(rob, the_recall().id)
    with transaction(), pytest.raises(Conflict):
        verbs.done(max, recalls.get(max, the_recall().id))


def test_only_those_who_look_after_it_say_done_for_others(max, rae, rob):
    asset = an_asset(max)
    a_download(rae, asset)
    a_download(rob, asset)
    a_version(max, asset)
    with transaction(), pytest.raises(Forbidden):
        verbs.done_for(rae, recalls.get(rae, the_recall().id), rob.id)
    with transaction():
        verbs.done_for(max, recalls.get(max, the_recall().id), rob.id)
    assert [holder.done_by and holder.done_by.name for holder in the_recall().holders] == [
        None,
        "Max",
    ]


def test_what_must_be_replaced_is_asked_for_every_three_days(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset, recall="must_replace")
    tell()
    for days in (1, 2.9, 3.1):
        with transaction():
            holder = the_recall().holders[0]
            holder.reminded_at = days_ago(days)
            recall_news.remind()
    kinds = [notice.kind for notice in told(rae)]
    assert kinds.count(NoticeKind.RECALL_REMINDER) == 1


def test_a_restored_piece_is_recalled_no_more(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    retire(max, asset)
    with transaction():
        retirement.restore(max, assets.get(max, asset.id))
    assert the_recall().closed_at <= now() and recalls.to_replace(rae, 9) == []


def test_who_holds_what_is_current_again_has_nothing_to_replace(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset, recall="must_replace")
    with transaction():
        back = Rollback(to=1, change_note="It was better")
        publishing.rollback(max, assets.get(max, asset.id), back)
    assert recalls.to_replace(rae, 9) == [] and told(rae) == []


def test_the_same_file_once_more_recalls_nothing(max, rae):
    asset = an_asset(max, text="Words")
    a_download(rae, asset)
    a_version(max, asset, "Words")
    assert session.query(Recall).count() == 0


def test_a_retirement_takes_the_place_of_what_was_open(max, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    a_version(max, asset)
    retire(max, asset)
    [open_one] = recalls.to_replace(rae, 9)
    assert open_one.is_retirement


def test_a_list_on_which_only_who_left_was_waiting_is_closed(max, ada, rae, rob):
    asset = an_asset(max)
    a_download(rae, asset)
    a_download(rob, asset)
    a_version(max, asset)
    with transaction():
        verbs.done(rae, recalls.get(rae, the_recall().id))
    with transaction():
        people.deactivate(ada, session.merge(rob))
    assert the_recall().closed_at is not None


def test_nobody_reads_of_a_deal_that_is_no_longer_theirs(max, ada, otto, rob):
    asset, deal = an_asset(max), a_deal(otto, "O-1", name="Hidden deal", account="SecretCo")
    a_use(otto, deal, asset, "shared")
    a_deal(ada, "O-1", name="Hidden deal", owner_email="rob@example.com")
    a_version(max, asset)
    tell()
    assert told(otto) and "Hidden" not in told(otto)[0].body + told(otto)[0].title
    assert "SecretCo" not in told(otto)[0].body


@pytest.mark.parametrize("how", ["attached", "downloaded"])
def test_what_the_crm_tells_counts_too(max, rae, how):
    asset, deal = an_asset(max), a_deal(rae, "R-1", outcome="lost", closed_on=days_ago(0).date())
    a_use(rae, deal, asset, how)
    a_version(max, asset)
    assert names() == ["Rae"]


def test_somebody_who_has_left_is_not_told_of_anything(max, ada, rae):
    asset = an_asset(max)
    a_download(rae, asset)
    with transaction():
        people.deactivate(ada, session.merge(rae))
    a_version(max, asset)
    assert session.query(Recall).count() == 0 and session.query(Notice).count() == 0
