"""Telling the holders of old versions, and sending the e-mails of notices."""

import logging
from dataclasses import asdict

from app.backends.mail import registry as mailers
from app.backends.mail.base import MailFailed, Message
from app.db import session, transaction
from app.services import mailing, recall_news
from app.services.mailing import Letter

log = logging.getLogger(__name__)


def tell_recall(recall_id: int) -> None:
    """Tell the holders of an old version."""
    try:
        if not recall_news.is_ripe(recall_id):
            return
        changed = recall_news.changed_pages(recall_id)
        session.rollback()
        with transaction():
            recall_news.tell(recall_id, changed)
    finally:
        session.remove()


def send_mail(notice_id: int) -> None:
    """Send the e-mail of a notice: claimed before, so that it is sent once."""
    try:
        with transaction():
            letter = mailing.claim(notice_id)
        if letter is not None:
            _send(notice_id, letter)
    finally:
        session.remove()


def _send(notice_id: int, letter: Letter) -> None:
    """Hand it to the mail server, outside of any transaction, and note what came of it."""
    problem: MailFailed | None = None
    try:
        mailers.current().send(Message(html="", **asdict(letter)))
    except MailFailed as failed:
        log.warning("the e-mail of notice %s could not be sent: %s", notice_id, failed)
        problem = failed
    with transaction():
        if problem is None:
            mailing.sent(notice_id)
        else:
            mailing.failed(notice_id, str(problem), is_final=problem.is_final)
