"""Feedback: given, listed, and answered."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.feedback import FeedbackAnswer, FeedbackList
from app.api.calls import Calls
from app.api.once import transaction
from app.inputs.feedback import Decline, FeedbackListing, Fix, NewFeedback
from app.models.feedback import Feedback
from app.models.person import User
from app.queries import feedback as questions
from app.services import feedback as verbs

calls = Calls("feedback", "Feedback")


class ByFeedback(BaseModel):
    """A piece of feedback in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


def answer(actor: User, feedback: Feedback) -> FeedbackAnswer:
    """Feedback as this person may see it."""
    seen = questions.deals_seen(actor, [feedback])
    return FeedbackAnswer.of(feedback, with_deal=feedback.deal_id in seen)


@calls.post("/feedback", responses={201: FeedbackAnswer}, summary="Give feedback")
def give(body: NewFeedback) -> Any:
    """Say from the field what a piece did."""
    actor = current_actor()
    with transaction():
        feedback = verbs.give(actor, body)
    return answer(actor, feedback), 201


@calls.get("/feedback", responses={200: FeedbackList}, summary="List feedback")
def listing(query: FeedbackListing) -> FeedbackList:
    """Feedback by its filters, newest first.

    `from` and `to` are the days on which it came; `team` is that of the owner of a piece that it is
    about. `unanswered` is open or accepted, praise left out; `about_piece` leaves out what is about
    no piece.
    """
    actor = current_actor()
    found = questions.listing(actor, query)
    seen = questions.deals_seen(actor, found.items)
    items = [FeedbackAnswer.of(one, with_deal=one.deal_id in seen) for one in found.items]
    return FeedbackList(items=items, next=found.next, total=found.total)


@calls.get("/feedback/<id>", responses={200: FeedbackAnswer}, summary="Get feedback")
def get(path: ByFeedback) -> FeedbackAnswer:
    """One piece of feedback."""
    actor = current_actor()
    return answer(actor, questions.get(actor, path.id))


@calls.post("/feedback/<id>/accept", responses={200: FeedbackAnswer}, summary="Accept feedback")
def accept(path: ByFeedback) -> FeedbackAnswer:
    """Say that it is right and will be seen to."""
    actor = current_actor()
    with transaction():
        feedback = verbs.accept(actor, questions.get(actor, path.id))
    return answer(actor, feedback)


@calls.post("/feedback/<id>/fix", responses={200: FeedbackAnswer}, summary="Fix feedback")
def fix(path: ByFeedback, body: Fix) -> FeedbackAnswer:
    """Say which version has put it right."""
    actor = current_actor()
    with transaction():
        feedback = verbs.fix(actor, questions.get(actor, path.id), body)
    return answer(actor, feedback)


@calls.post("/feedback/<id>/decline", responses={200: FeedbackAnswer}, summary="Decline feedback")
def decline(path: ByFeedback, body: Decline) -> FeedbackAnswer:
    """Say why nothing will be done."""
    actor = current_actor()
    with transaction():
        feedback = verbs.decline(actor, questions.get(actor, path.id), body)
    return answer(actor, feedback)
