"""What lists and searches take."""

from typing import Annotated

from pydantic import Field

from app.choices import Kind, Status
from app.inputs.fields import Email, Input, Line, When

Words = list[Annotated[Line, Field(max_length=120)]]


class AssetFilter(Input):
    """Which assets: several values of one filter mean or, different filters and."""

    kind: list[Kind] = []
    status: list[Status] = []
    stage: Words = []
    persona: Words = []
    product: Words = []
    industry: Words = []
    segment: Words = []
    region: Words = []
    competitor: Words = []
    tag: Words = []
    owner: list[Email] = []
    shareable: bool | None = None
    updated_since: When = None


class Listing(Input):
    """A page of a list; `cursor` is what the page before gave as `next`."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=40)] | None = None


class AssetListing(Listing, AssetFilter):
    """A page of assets by their filters."""


class Search(AssetFilter):
    """A search; without words it browses."""

    q: str = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0
