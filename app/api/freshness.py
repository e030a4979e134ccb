"""Is my copy current?"""

from app.api.actor import current_actor
from app.api.answers.freshness import CopyList
from app.api.calls import Calls
from app.inputs.freshness import Copies
from app.queries import freshness as questions

calls = Calls("freshness", "Freshness")


@calls.post("/freshness", responses={200: CopyList}, summary="Is my copy current?")
def freshness(body: Copies) -> CopyList:
    """A verdict for each hash; nothing is kept of what was asked."""
    return CopyList.of(questions.copies(current_actor(), body.sha256))
