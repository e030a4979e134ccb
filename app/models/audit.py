"""The audit log: a chain of lines in which a changed or missing one is found."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

FIRST = "0" * 64


class AuditLine(Base):
    """Who did what to what, and when; `hash` covers the line and the one before it.

    `actor_id` points at no row on purpose: a line outlives the person whose row is taken out.
    """

    __tablename__ = "audit_line"
    __table_args__ = (
        Index("ix_audit_line_subject", "subject_type", "subject_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor_name: Mapped[str] = mapped_column(String(400))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    def chain_to(self, previous_hash: str) -> None:
        """Take the place after the line with this hash."""
        self.previous_hash = previous_hash
        self.hash = self.computed_hash()

    def computed_hash(self) -> str:
        """The SHA-256 that the line's own words give."""
        words = [
            self.previous_hash,
            self.at.isoformat(),
            self.actor_id,
            self.actor_name,
            self.action,
            self.subject_type,
            self.subject_id,
            self.detail,
        ]
        text = json.dumps(words, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()
