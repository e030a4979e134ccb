"""Deals: put, listed, read, many at once."""

from typing import Any

from pydantic import BaseModel, Field

from app.api import bulk
from app.api.actor import current_actor
from app.api.answers.deals import BulkAnswer, DealAnswer, DealList
from app.api.calls import Calls
from app.api.once import transaction
from app.inputs.deal import Bulk, DealChange, DealListing, ExternalId, NamedDeal
from app.queries import deals
from app.services import deals as verbs

calls = Calls("deals", "Deals")


class ByDeal(BaseModel):
    """A deal in an address."""

    ext: ExternalId = Field(description="The id that the deal has where it comes from.")


@calls.put(
    "/deals/<ext>",
    responses={200: DealAnswer, 201: DealAnswer},
    summary="Make or change a deal",
)
def put(path: ByDeal, body: DealChange) -> Any:
    """Make the deal or change what is given of it; safe to repeat."""
    actor = current_actor()
    with transaction():
        deal, is_new = verbs.put(actor, path.ext, body)
    return DealAnswer.of(deal), 201 if is_new else 200


@calls.get("/deals", responses={200: DealList}, summary="List deals")
def listing(query: DealListing) -> DealList:
    """The deals that the person may see, newest first."""
    found = deals.listing(current_actor(), query)
    return DealList(
        items=[DealAnswer.of(deal) for deal in found.items], next=found.next, total=found.total
    )


@calls.get("/deals/<ext>", responses={200: DealAnswer}, summary="Get a deal")
def get(path: ByDeal) -> DealAnswer:
    """One deal."""
    return DealAnswer.of(deals.get(current_actor(), path.ext))


@calls.post("/deals/bulk", responses={200: BulkAnswer}, summary="Make or change many deals")
def put_many(body: Bulk) -> BulkAnswer:
    """Each item as for a call of its own, with its `external_id`."""
    actor = current_actor()

    def work(asked: NamedDeal) -> tuple[int, bool]:
        deal, is_new = verbs.put(actor, asked.external_id, asked)
        return deal.id, is_new

    return bulk.each(body.items, NamedDeal, work)
