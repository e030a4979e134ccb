"""The e-mail of a notice: claimed before it is sent, so that no two workers send it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from app.choices import MailState
from app.clock import now
from app.db import session
from app.models.notice import Notice

RETRIES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
LONGEST = timedelta(minutes=10)
CUT_SHORT = (
    "The worker stopped while it was being sent. It is not sent again, so as not to send it twice."
)
FOOTER = "You find this in your inbox too. To get no e-mail from Quarterdeck, see your account:"
_state = {"address": "http://127.0.0.1:8000"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice as an e-mail."""

    message_id: str
    to: str
    to_name: str
    subject: str
    text: str


def use_address(address: str) -> None:
    """Where people reach the hub: what links in e-mails begin with."""
    _state["address"] = address.rstrip("/")


def waiting(limit: int) -> list[int]:
    """The notices whose e-mail is due, the oldest first."""
    due = select(Notice.id).where(
        Notice.mail_state == MailState.WAITING, Notice.mail_after <= now()
    )
    return list(session.scalars(due.order_by(Notice.id).limit(limit)))


def claim(notice_id: int) -> Letter | None:
    """Take it upon oneself to send it; none where it is not due, or somebody else does.

    Who has been deactivated meanwhile, or wants no e-mail any more, gets none.
    """
    notice = session.get(Notice, notice_id, with_for_update={"of": Notice}, populate_existing=True)
    if notice is None or notice.mail_state is not MailState.WAITING or notice.mail_after > now():
        return None
    if not (notice.person.is_active and notice.person.wants_mail):
        notice.mail_state = MailState.NONE
        return None
    notice.mail_state = MailState.SENDING
    notice.mail_tries += 1
    # Until when whoever claimed it is believed to be alive.
    notice.mail_after = now() + LONGEST
    return _letter(notice)


def sent(notice_id: int) -> None:
    """It has been handed to the mail server."""
    notice = session.get_one(Notice, notice_id)
    notice.mail_state, notice.mail_problem = MailState.SENT, ""


def failed(notice_id: int, problem: str, *, is_final: bool) -> None:
    """It could not be sent: it is tried again later, unless that cannot help."""
    notice = session.get_one(Notice, notice_id)
    notice.mail_problem = problem
    if is_final or notice.mail_tries > len(RETRIES):
        notice.mail_state = MailState.FAILED
    else:
        notice.mail_state = MailState.WAITING
        notice.mail_after = now() + RETRIES[notice.mail_tries - 1]


def give_up_cut_short() -> int:
    """Note as failed what a worker that is gone had begun to send; answers how many."""
    cut = select(Notice).where(Notice.mail_state == MailState.SENDING, Notice.mail_after <= now())
    found = session.scalars(cut.limit(100).with_for_update(of=Notice, skip_locked=True)).all()
    for notice in found:
        notice.mail_state, notice.mail_problem = MailState.FAILED, CUT_SHORT
    return len(found)


def _letter(notice: Notice) -> Letter:
    address = _state["address"]
    host = address.partition("://")[2].partition("/")[0].partition(":")[0].strip("[]")
    words = [notice.title, notice.body, f"{address}/inbox/{notice.id}", "-- "]
    end = f"{FOOTER}\n{address}/account"
    return Letter(
        message_id=f"<notice-{notice.id}@{host or 'quarterdeck'}>",
        to=notice.person.email,
        to_name=notice.person.name,
        subject=notice.title,
        text="\n\n".join(word for word in words if word) + f"\n{end}\n",
    )
