"""The search index of the machine that answers, for admins."""

from app.api.actor import current_actor
from app.api.answers.search_index import IndexAnswer
from app.api.calls import Calls
from app.api.once import transaction
from app.queries import search_index as questions
from app.services import indexing

calls = Calls("search_index", "Search index")


@calls.get("/search-index", responses={200: IndexAnswer}, summary="How the index is")
def get() -> IndexAnswer:
    """What it holds, what it lacks, and whether it is being rebuilt."""
    return IndexAnswer.of(questions.state(current_actor()))


@calls.post("/search-index/rebuild", responses={202: IndexAnswer}, summary="Rebuild the index")
def rebuild() -> tuple[IndexAnswer, int]:
    """Ask this machine's index updater for it, unless it is at it; search goes on meanwhile."""
    actor = current_actor()
    with transaction():
        indexing.ask_for_rebuild(actor)
    return IndexAnswer.of(questions.state(actor)), 202
