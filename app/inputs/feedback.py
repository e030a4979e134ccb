"""What is said in feedback, and in answer to it."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.choices import FeedbackState, Verdict
from app.inputs.deal import ExternalId
from app.inputs.fields import Input, Line, Note, Number, Prose, none_if_empty
from app.inputs.insights import Period
from app.inputs.use import AssetRef

MaybeNumber = Annotated[Number | None, BeforeValidator(none_if_empty)]
MaybeDeal = Annotated[ExternalId | None, BeforeValidator(none_if_empty)]


class About(Input):
    """A piece that was used; without a version the current one."""

    id: AssetRef
    version: MaybeNumber = None
    page: MaybeNumber = None


class NewFeedback(Input):
    """A note from the field; only what is missing may be about no piece at all."""

    assets: Annotated[list[About], Field(max_length=20)]
    deal: MaybeDeal = None
    verdict: Verdict
    reaction: Annotated[Prose, Field(max_length=2000)] = ""
    competitor: Annotated[Line, Field(max_length=120)] = ""
    quotable: bool = False
    note: Note


class Fix(Input):
    """The version that put it right; `asset` says whose where the feedback names several."""

    version: Number
    asset: Annotated[AssetRef | None, BeforeValidator(none_if_empty)] = None


class Decline(Input):
    """Why nothing will be done."""

    reason: Note


class FeedbackListing(Period):
    """Which feedback: several values of one filter mean or, different filters and.

    `from` and `to` are the days on which it came, `team` is that of the owner of a piece that it
    is about. `unanswered` is open or accepted, without praise, which waits for nobody;
    `about_piece` leaves out what is about no piece.
    """

    unanswered: bool = False
    about_piece: bool = False
    asset: list[AssetRef] = []
    deal: list[ExternalId] = []
    state: list[FeedbackState] = []
    verdict: list[Verdict] = []
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=40)] | None = None
