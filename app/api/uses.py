"""Uses: logged on a deal, listed, undone, many at once."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from app.api import bulk
from app.api.actor import current_actor
from app.api.answers.deals import BulkAnswer, UseAnswer, UseList
from app.api.calls import Calls, Responses
from app.api.deals import ByDeal
from app.api.once import transaction
from app.choices import Origin
from app.inputs.deal import Bulk
from app.inputs.listing import Listing
from app.inputs.use import NewUse, NewUseOnDeal
from app.queries import deals, uses
from app.services import uses as verbs

calls = Calls("uses", "Uses")
GONE: Responses = {204: {"description": "It is undone."}}


class ByUse(BaseModel):
    """A use in an address."""

    id: Annotated[int, Field(ge=1, le=2**31 - 1)]


@calls.post(
    "/deals/<ext>/uses", responses={200: UseAnswer, 201: UseAnswer}, summary="Log a use on a deal"
)
def log(path: ByDeal, body: NewUse) -> Any:
    """Log a use; the same use sent again, with its `occurred_at`, is answered with 200."""
    actor = current_actor()
    with transaction():
        use, is_new = verbs.log_use(actor, deals.get(actor, path.ext), body, Origin.API)
    return UseAnswer.of(use), 201 if is_new else 200


@calls.get("/deals/<ext>/uses", responses={200: UseList}, summary="List the uses on a deal")
def listing(path: ByDeal, query: Listing) -> UseList:
    """The uses on a deal, the last noted first."""
    found = uses.listing(deals.get(current_actor(), path.ext), query)
    items = [UseAnswer.of(use) for use in found.items]
    return UseList(items=items, next=found.next, total=found.total)


@calls.post("/uses/bulk", responses={200: BulkAnswer}, summary="Log many uses")
def log_many(body: Bulk) -> BulkAnswer:
    """Each item as for a call of its own, with its `deal`."""
    actor = current_actor()

    def work(asked: NewUseOnDeal) -> tuple[int, bool]:
        deal = deals.get(actor, asked.deal)
        use, is_new = verbs.log_use(actor, deal, asked, Origin.API)
        return use.id, is_new

    return bulk.each(body.items, NewUseOnDeal, work)


@calls.delete("/uses/<id>", responses=GONE, summary="Undo a use")
def undo(path: ByUse) -> None:
    """Take a use back within 24 hours of its being logged."""
    actor = current_actor()
    with transaction():
        verbs.undo(actor, uses.get(actor, path.id))
