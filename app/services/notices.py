"""Telling people things: in their inbox at once, and by e-mail as soon as it can be sent."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.choices import MailState, NoticeKind
from app.clock import now
from app.db import attempt, session
from app.models.notice import Notice
from app.models.person import User
from app.services import queue


@dataclass(frozen=True, slots=True)
class News:
    """What is told: `key` names what it is about, `address` is a path of the hub."""

    kind: NoticeKind
    key: str
    title: str
    body: str
    address: str


def tell(person: User, news: News) -> None:
    """Tell somebody something; said again about the same thing it changes nothing.

    Nobody is told who may not come in any more.
    """
    if not person.is_active:
        return
    notice = Notice(
        person_id=person.id,
        kind=news.kind,
        key=news.key,
        title=news.title,
        body=news.body,
        address=news.address,
        created_at=now(),
        mail_state=MailState.WAITING if person.wants_mail else MailState.NONE,
        mail_after=now(),
    )
    with suppress(IntegrityError), attempt():
        session.add(notice)
        session.flush()
        if person.wants_mail:
            queue.enqueue("send_mail", notice)


def tell_all(persons: Iterable[User], news: News) -> None:
    """Tell several people the same."""
    for person in persons:
        tell(person, news)


def seen(notice: Notice) -> None:
    """Note that the person has opened it; safe to repeat."""
    if notice.seen_at is None:
        notice.seen_at = now()


def all_seen(actor: User) -> None:
    """Note that the person has looked the whole inbox over."""
    unseen = update(Notice).where(Notice.person_id == actor.id, Notice.seen_at.is_(None))
    session.execute(unseen.values(seen_at=now()))
