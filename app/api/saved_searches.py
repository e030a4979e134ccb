"""The searches that a person keeps."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.searches import SavedSearchAnswer, SavedSearchList
from app.api.calls import Calls, Responses
from app.api.once import transaction
from app.inputs.search import NewSavedSearch, NoticeWish
from app.queries import saved_searches as questions
from app.services import saved_searches as verbs

calls = Calls("saved_searches", "Saved searches")
GONE: Responses = {204: {"description": "It is removed."}}


class BySaved(BaseModel):
    """A saved search in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


@calls.get("/saved-searches", responses={200: SavedSearchList}, summary="List saved searches")
def listing() -> SavedSearchList:
    """The person's own, by name."""
    return SavedSearchList.of(questions.of(current_actor()))


@calls.post("/saved-searches", responses={201: SavedSearchAnswer}, summary="Save a search")
def save(body: NewSavedSearch) -> tuple[SavedSearchAnswer, int]:
    """Keep a search under a name; the same again changes nothing."""
    actor = current_actor()
    with transaction():
        saved = verbs.save(actor, body)
    return SavedSearchAnswer.of(saved), 201


@calls.patch(
    "/saved-searches/<id>", responses={200: SavedSearchAnswer}, summary="Change its notices"
)
def change(path: BySaved, body: NoticeWish) -> SavedSearchAnswer:
    """Be told of new matches, or no longer."""
    actor = current_actor()
    with transaction():
        saved = questions.get(actor, path.id)
        verbs.set_notices(actor, saved, wanted=body.notify)
    return SavedSearchAnswer.of(saved)


@calls.delete("/saved-searches/<id>", responses=GONE, summary="Remove a saved search")
def remove(path: BySaved) -> None:
    """Keep it no longer."""
    actor = current_actor()
    with transaction():
        verbs.remove(actor, questions.get(actor, path.id))
