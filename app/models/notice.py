"""A notice: something that a person is told, in the inbox and by e-mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.choices import MailState, NoticeKind
from app.db import Base
from app.models.columns import stored
from app.models.person import User


class Notice(Base):
    """One thing told to one person; `key` names what it is about, so that it is told once.

    `address` is a path of the hub. The row is there before any e-mail is sent.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key"),
        Index("ix_notice_person_id_seen_at", "person_id", "seen_at"),
        CheckConstraint("address LIKE '/%'", name="address_in_the_hub"),
        CheckConstraint("mail_tries >= 0", name="mail_tries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = mapped_column(stored(NoticeKind))
    key: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    mail_state: Mapped[MailState] = mapped_column(stored(MailState), index=True)
    mail_tries: Mapped[int] = mapped_column(default=0)
    mail_problem: Mapped[str] = mapped_column(Text, default="")
    mail_after: Mapped[datetime]

    person: Mapped[User] = relationship(lazy="joined", innerjoin=True)
