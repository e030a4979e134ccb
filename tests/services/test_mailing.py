"""E-mails of notices: claimed, sent once, tried again, and given up."""

from datetime import timedelta

import pytest

from app.choices import MailState, NoticeKind
from app.clock import now
from app.db import session, transaction
from app.models import Notice
from app.services import mailing, notices, people
from app.services.notices import News
from app.worker.telling import send_mail
from tests.factories import elsewhere

NEWS = News(NoticeKind.RECALL, "1", "Replace “Grüße”", "Pages changed: 3.", "/recalls/1")


def tell(person):
    """Tell somebody something; answers the notice."""
    with transaction():
        notices.tell(session.merge(person), NEWS)
    return session.query(Notice).one()


def send(notice):
    """Do what the worker does; answers the notice."""
    notice_id = notice.id
    elsewhere(lambda: send_mail(notice_id))
    return session.query(Notice).one()


def test_a_notice_comes_by_mail_with_its_address(mailbox, rae):
    notice = send(tell(rae))
    [letter] = mailbox.messages
    assert letter["Subject"] == "Replace “Grüße”" and letter["To"] == "Rae <rae@example.com>"
    assert f"/inbox/{notice.id}" in letter.text and notice.mail_state is MailState.SENT


def test_it_is_sent_once_however_often_it_is_asked_for(mailbox, rae):
    notice = tell(rae)
    send(notice)
    send(notice)
    assert len(mailbox.messages) == 1


def test_told_twice_it_is_one_notice(mailbox, rae):
    tell(rae)
    tell(rae)
    assert mailing.waiting(9) == [session.query(Notice).one().id]


def test_who_wants_no_mail_has_the_inbox_alone(mailbox, rae):
    with transaction():
        people.want_mail(session.merge(rae), is_wanted=False)
    assert send(tell(rae)).mail_state is MailState.NONE and mailbox.messages == []


def test_who_has_left_meanwhile_gets_none(mailbox, ada, rae):
    notice = tell(rae)
    with transaction():
        people.deactivate(ada, session.merge(rae))
    assert send(notice).mail_state is MailState.NONE and mailbox.messages == []


def test_a_server_that_is_busy_is_tried_again_later(mailbox, rae):
    mailbox.refuse("451 busy")
    notice = send(tell(rae))
    assert (notice.mail_state, notice.mail_tries) == (MailState.WAITING, 1)
    assert notice.mail_after > now() and mailing.waiting(9) == []


def test_after_many_tries_it_is_given_up(mailbox, rae):
    mailbox.refuse("451 busy")
    notice = tell(rae)
    for _ in range(len(mailing.RETRIES) + 1):
        with transaction():
            session.merge(notice).mail_after = now()
        notice = send(notice)
    assert notice.mail_state is MailState.FAILED and notice.mail_problem


def test_an_address_that_is_refused_is_not_tried_again(mailbox, rae):
    mailbox.refuse("550 no such mailbox")
    assert send(tell(rae)).mail_state is MailState.FAILED


def test_what_a_killed_worker_had_begun_is_not_sent_twice(mailbox, rae):
    notice = tell(rae)
    with transaction():
        assert mailing.claim(notice.id) is not None
    with transaction():
        session.merge(notice).mail_after = now() - timedelta(seconds=1)
        mailing.give_up_cut_short()
    assert send(notice).mail_state is MailState.FAILED and mailbox.messages == []


@pytest.mark.parametrize("address", ["https://hub.example.com/", "http://[::1]:8000"])
def test_message_ids_are_stable_whatever_the_address(rae, address, monkeypatch):
    monkeypatch.setitem(mailing._state, "address", address.rstrip("/"))
    notice = tell(rae)
    with transaction():
        letter = mailing.claim(notice.id)
    assert letter.message_id.startswith(f"<notice-{notice.id}@") and " " not in letter.message_id
