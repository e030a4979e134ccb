"""Field reviews: asking, answering, remarking."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.field_reviews import CommentAnswer, FieldReviewAnswer, FieldReviewList
from app.api.assets import ByAsset
from app.api.calls import Calls
from app.api.once import transaction
from app.inputs.field_review import NewComment, NewFieldReview, Opinion
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets
from app.queries import field_reviews as questions
from app.services import field_reviews as verbs

calls = Calls("field_reviews", "Field reviews")


class ByReview(BaseModel):
    """A field review in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


@calls.post("/assets/<id>/reviews", responses={201: FieldReviewAnswer}, summary="Ask the field")
def ask(path: ByAsset, body: NewFieldReview) -> Any:
    """Ask people to look at a version that reps do not have yet."""
    actor = current_actor()
    with transaction():
        asset = assets.get(actor, path.id)
        require(actor, Permission.PUBLISH, asset)
        review = verbs.ask(actor, asset, body)
    return FieldReviewAnswer.of(review), 201


@calls.get("/assets/<id>/reviews", responses={200: FieldReviewList}, summary="List field reviews")
def listing(path: ByAsset) -> FieldReviewList:
    """The field reviews of an asset that concern the person, newest first."""
    actor = current_actor()
    found = questions.of_asset(actor, assets.get(actor, path.id))
    return FieldReviewList(items=[FieldReviewAnswer.of(review) for review in found])


@calls.post("/reviews/<id>/say", responses={200: FieldReviewAnswer}, summary="Ready or not ready")
def say(path: ByReview, body: Opinion) -> FieldReviewAnswer:
    """Say ready or not ready; the last word counts while the review is open."""
    actor = current_actor()
    with transaction():
        review = verbs.say(actor, questions.get(actor, path.id), body)
    return FieldReviewAnswer.of(review)


@calls.post("/reviews/<id>/comments", responses={201: CommentAnswer}, summary="Remark on a page")
def comment(path: ByReview, body: NewComment) -> Any:
    """Remark on a page, or on the whole."""
    actor = current_actor()
    with transaction():
        made = verbs.comment(actor, questions.get(actor, path.id), body)
    return CommentAnswer.of(made), 201


@calls.post("/reviews/<id>/withdraw", responses={200: FieldReviewAnswer}, summary="Ask no more")
def withdraw(path: ByReview) -> FieldReviewAnswer:
    """Ask nobody any more."""
    actor = current_actor()
    with transaction():
        review = verbs.withdraw(actor, questions.get(actor, path.id))
    return FieldReviewAnswer.of(review)
