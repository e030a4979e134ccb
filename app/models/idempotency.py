"""What was answered to a call with an Idempotency-Key, to be given again."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class IdempotencyKey(Base):
    """A token's key: what was asked (by its hash), whether its work is committed, its answer.

    Without `status` the first call has not been answered yet.
    """

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("token_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_id: Mapped[int] = mapped_column(ForeignKey("token.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(255))
    request_hash: Mapped[str] = mapped_column(String(64))
    claimed_at: Mapped[datetime] = mapped_column(index=True)
    is_committed: Mapped[bool] = mapped_column(default=False)
    status: Mapped[int | None]
    etag: Mapped[str] = mapped_column(String(80), default="")
    media_type: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
