"""The synonyms that admins keep."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.searches import SynonymsAnswer, SynonymsList
from app.api.calls import Calls, Responses
from app.api.once import transaction
from app.inputs.search import SynonymWords
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import synonyms as questions
from app.services import synonyms as verbs

calls = Calls("synonyms", "Synonyms")
GONE: Responses = {204: {"description": "They are removed."}}


class ByGroup(BaseModel):
    """A group of synonyms in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


@calls.get("/synonyms", responses={200: SynonymsList}, summary="List synonyms")
def listing() -> SynonymsList:
    """Every group, by its first word."""
    require(current_actor(), Permission.MANAGE_SEARCH)
    return SynonymsList.of(questions.groups())


@calls.post("/synonyms", responses={201: SynonymsAnswer}, summary="Add synonyms")
def add(body: SynonymWords) -> tuple[SynonymsAnswer, int]:
    """Let words stand for each other in every search."""
    actor = current_actor()
    with transaction():
        group = verbs.add(actor, body)
    return SynonymsAnswer.of(group), 201


@calls.put("/synonyms/<id>", responses={200: SynonymsAnswer}, summary="Change synonyms")
def change(path: ByGroup, body: SynonymWords) -> SynonymsAnswer:
    """Replace the words of a group."""
    actor = current_actor()
    require(actor, Permission.MANAGE_SEARCH)
    with transaction():
        group = verbs.change(actor, questions.group(path.id), body)
    return SynonymsAnswer.of(group)


@calls.delete("/synonyms/<id>", responses=GONE, summary="Remove synonyms")
def remove(path: ByGroup) -> None:
    """Let the words mean themselves again."""
    actor = current_actor()
    require(actor, Permission.MANAGE_SEARCH)
    with transaction():
        verbs.remove(actor, questions.group(path.id))
