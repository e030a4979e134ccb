"""Searching."""

from app.api.actor import current_actor
from app.api.answers.search import SearchAnswer
from app.api.calls import Calls
from app.inputs.listing import Search
from app.queries import search as questions

calls = Calls("search", "Search")


@calls.get("/search", responses={200: SearchAnswer}, summary="Search")
def search(query: Search) -> SearchAnswer:
    """Search the assets that the person may see; an empty `q` browses."""
    actor = current_actor()
    return SearchAnswer.of(questions.search(actor, query), actor)
