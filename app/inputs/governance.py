"""What is asked of the governance board, and what is done with the pieces that were ticked."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from app.choices import Kind, Quadrant, Status, Suggestion
from app.inputs.fields import Email, Input, Line, Note, Number
from app.inputs.listing import Words

MOST = 200
ORDERS = (
    "title",
    "kind",
    "status",
    "owner",
    "age",
    "review_by",
    "overdue",
    "views",
    "uses",
    "open_deals",
    "feedback",
    "duplicates",
    "suggestion",
)


def _order(text: str) -> str:
    if text.removeprefix("-") not in ORDERS:
        raise ValueError(f"sort by one of {', '.join(ORDERS)}; a minus puts the largest first")
    return text


Order = Annotated[str, Field(max_length=20), AfterValidator(_order)]


class BoardFilter(Input):
    """Which pieces, and in which order; without `status` all but the retired ones."""

    kind: list[Kind] = []
    status: list[Status] = []
    stage: Words = []
    owner: list[Email] = []
    inactive_owner: bool = False
    suggestion: list[Suggestion] = []
    quadrant: list[Quadrant] = []
    overdue: bool = False
    sort: Order = "-overdue"


class BoardListing(BoardFilter):
    """A page of the board; `cursor` is what the page before gave as `next`."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=40)] | None = None


class Ticked(Input):
    """The ids of the pieces that something is done with."""

    asset: Annotated[list[Number], Field(min_length=1, max_length=MOST)]


class NewTag(Input):
    """A tag for each of them."""

    tag: Annotated[Line, Field(min_length=1, max_length=120)]


class NewReason(Input):
    """Why they are all retired."""

    reason: Note


class NewOwner(Input):
    """Whose they are from now on, by e-mail address."""

    owner: Email


class NewReview(Input):
    """By when they are to be looked at again."""

    review_by: date
