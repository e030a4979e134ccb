"""Searching, and telling what was opened of what was found."""

from typing import Annotated

from pydantic import BaseModel, Field
from werkzeug.wrappers import Response

from app.api.actor import current_actor
from app.api.answers.search import SearchAnswer
from app.api.answers.searches import SuggestionList
from app.api.calls import Calls, Responses
from app.api.once import transaction
from app.choices import SearchSource
from app.http.search_log import noted
from app.inputs.listing import Search
from app.inputs.search import Click, Typed
from app.queries import assets
from app.queries import search as questions
from app.queries.suggestions import suggest
from app.services import search_log

calls = Calls("search", "Search")
NOTED: Responses = {204: {"description": "It is noted."}}


class BySearch(BaseModel):
    """A search in an address, by its `query_id`."""

    query_id: Annotated[int, Field(ge=1, le=2**53)]


@calls.get("/search", responses={200: SearchAnswer}, summary="Search")
def search(query: Search) -> Response:
    """Search the assets that the person may see; an empty `q` browses.

    With `deal` what fits that deal ranks higher. The search is noted, with what it found.
    """
    actor = current_actor()
    found = questions.search(actor, query)
    number = noted(actor, query, found, SearchSource.API)
    return Response(SearchAnswer.written(found, actor, number), mimetype="application/json")


@calls.get("/suggest", responses={200: SuggestionList}, summary="Suggest while somebody types")
def suggestions(query: Typed) -> SuggestionList:
    """Searches that succeeded before, assets and pages; without `q` the person's last searches."""
    return SuggestionList.of(suggest(current_actor(), query.q))


@calls.post("/search/<query_id>/click", responses=NOTED, summary="Tell that a hit was opened")
def click(path: BySearch, body: Click) -> None:
    """Note which hit was opened, and its place in the list; the same again changes nothing."""
    actor = current_actor()
    with transaction():
        asset = assets.get(actor, body.asset)
        search_log.click(actor, path.query_id, asset, position=body.position, page=body.page)


@calls.post("/search/<query_id>/wanted", responses=NOTED, summary="Tell that it is missing")
def wanted(path: BySearch) -> None:
    """Note that what was searched for is needed and not there."""
    actor = current_actor()
    with transaction():
        search_log.want(actor, path.query_id)
