"""Is my copy current?"""

from flask_openapi3 import FileStorage

from app.api.actor import current_actor
from app.api.answers.freshness import CopyList, PageVerdictList
from app.api.calls import Calls, either
from app.http.uploads import new_file
from app.inputs.fields import Input
from app.inputs.freshness import Copies
from app.queries import freshness as questions
from app.services import judging

calls = Calls("freshness", "Freshness")


class AlteredCopy(Input):
    """A copy to compare page by page; it is not kept."""

    file: FileStorage


@calls.post("/freshness", responses={200: CopyList}, summary="Is my copy current?")
@either
def freshness(
    body: Copies | None = None, form: AlteredCopy | None = None
) -> CopyList | PageVerdictList:
    """A verdict for each hash; for a file that is sent as a form, one for each of its pages.

    Nothing is kept of what was asked.
    """
    actor = current_actor()
    if form is not None:
        return PageVerdictList.of(judging.judge(actor, new_file(form.file)))
    assert body is not None
    return CopyList.of(questions.copies(actor, body.sha256))
