"""Recalls: what is to be replaced, by whom, and how far they are."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.recalls import RecallAnswer, RecallLine, RecallList
from app.api.calls import Calls
from app.api.once import transaction
from app.inputs.recall import RecallListing
from app.models.person import User
from app.models.recall import Recall
from app.policy.permissions import Permission
from app.policy.rules import allows
from app.queries import recalls as questions
from app.services import recalls as verbs

calls = Calls("recalls", "Recalls")


class ByRecall(BaseModel):
    """A recall in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


@calls.get("/recalls", responses={200: RecallList}, summary="List recalls")
def listing(query: RecallListing) -> RecallList:
    """Recalls that concern the person, newest first."""
    actor = current_actor()
    found = questions.listing(actor, query)
    counts, items = questions.counts(found.items), []
    for recall in found.items:
        is_tracked = allows(actor, Permission.TRACK_RECALL, recall.asset)
        items.append(RecallLine.of(recall, counts[recall.id] if is_tracked else None))
    return RecallList(items=items, next=found.next, total=found.total)


@calls.get("/recalls/<id>", responses={200: RecallAnswer}, summary="Get a recall")
def get(path: ByRecall) -> RecallAnswer:
    """One recall."""
    actor = current_actor()
    return _answer(actor, questions.get(actor, path.id))


@calls.post("/recalls/<id>/done", responses={200: RecallAnswer}, summary="Say that it is replaced")
def done(path: ByRecall) -> RecallAnswer:
    """Say that one's own copies are replaced."""
    actor = current_actor()
    with transaction():
        recall = verbs.done(actor, questions.get(actor, path.id))
    return _answer(actor, recall)


def _answer(actor: User, recall: Recall) -> RecallAnswer:
    """Those who look after the piece see the whole list, others their own place on it."""
    seen = questions.deals_seen(actor, [recall])
    is_tracked = allows(actor, Permission.TRACK_RECALL, recall.asset)
    shown = [one for one in recall.holders if is_tracked or one.person_id == actor.id]
    return RecallAnswer.with_holders(recall, shown, seen, is_tracked=is_tracked)
