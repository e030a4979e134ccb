"""Recalls: what is to be replaced, by whom, and how far they are."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.recalls import RecallAnswer, RecallList
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
    return RecallList(items=_answers(actor, found.items), next=found.next, total=found.total)


@calls.get("/recalls/<id>", responses={200: RecallAnswer}, summary="Get a recall")
def get(path: ByRecall) -> RecallAnswer:
    """One recall."""
    actor = current_actor()
    return _answers(actor, [questions.get(actor, path.id)])[0]


@calls.post("/recalls/<id>/done", responses={200: RecallAnswer}, summary="Say that it is replaced")
def done(path: ByRecall) -> RecallAnswer:
    """Say that one's own copies are replaced."""
    actor = current_actor()
    with transaction():
        recall = verbs.done(actor, questions.get(actor, path.id))
    return _answers(actor, [recall])[0]


def _answers(actor: User, found: Sequence[Recall]) -> list[RecallAnswer]:
    """Those who look after the piece see the whole list, others their own place on it."""
    seen = questions.deals_seen(actor, found)
    answers = []
    for recall in found:
        is_tracked = allows(actor, Permission.TRACK_RECALL, recall.asset)
        shown = [one for one in recall.holders if is_tracked or one.person_id == actor.id]
        answers.append(RecallAnswer.of(recall, shown, seen))
    return answers
