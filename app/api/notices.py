"""A person's own inbox."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.calls import Calls
from app.api.once import transaction
from app.inputs.listing import Listing
from app.models.notice import Notice
from app.queries import notices as questions
from app.services import notices as verbs

calls = Calls("notices", "Notices")


class ByNotice(BaseModel):
    """A notice in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


class NoticeAnswer(BaseModel):
    """Something this person was told; `address` is a path of the hub."""

    id: int
    kind: str
    title: str
    body: str
    address: str
    created_at: datetime
    seen_at: datetime | None

    @classmethod
    def of(cls, notice: Notice) -> "NoticeAnswer":
        """From the row."""
        names = ("id", "kind", "title", "body", "address", "created_at", "seen_at")
        return cls(**{name: getattr(notice, name) for name in names})


class NoticeList(BaseModel):
    """A page of the inbox."""

    items: list[NoticeAnswer]
    next: str | None
    total: int


@calls.get("/notices", responses={200: NoticeList}, summary="Read the inbox")
def listing(query: Listing) -> NoticeList:
    """What this person was told, newest first."""
    found = questions.listing(current_actor(), query)
    items = [NoticeAnswer.of(notice) for notice in found.items]
    return NoticeList(items=items, next=found.next, total=found.total)


@calls.post("/notices/<id>/seen", responses={200: NoticeAnswer}, summary="Note as seen")
def seen(path: ByNotice) -> NoticeAnswer:
    """Note that it was opened."""
    actor = current_actor()
    with transaction():
        notice = questions.get(actor, path.id)
        verbs.seen(notice)
    return NoticeAnswer.of(notice)
