"""What lists and searches take."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BeforeValidator, Field

from app.choices import Kind, Status
from app.inputs.deal import ExternalId
from app.inputs.fields import Email, Input, Line, When, none_if_empty

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

    def in_use(self) -> dict[str, list[str]]:
        """The filters that narrow, as texts by name; `Search.of` reads them again."""
        given = self.model_dump(mode="json", include=set(AssetFilter.model_fields))
        return {
            name: value if isinstance(value, list) else [str(value).lower()]
            for name, value in given.items()
            if value not in (None, [])
        }


class Listing(Input):
    """A page of a list; `cursor` is what the page before gave as `next`."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=40)] | None = None


class AssetListing(Listing, AssetFilter):
    """A page of assets by their filters."""


class Search(AssetFilter):
    """A search; without words it browses. `deal` is the one that it is made from."""

    q: str = ""
    deal: Annotated[ExternalId | None, BeforeValidator(none_if_empty)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 20
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0

    @classmethod
    def of(cls, text: str, filters: Mapping[str, Sequence[str]]) -> "Search":
        """A search as it was kept, by its words and `in_use`."""
        single = ("shareable", "updated_since")
        given = {name: value[0] if name in single else value for name, value in filters.items()}
        return cls.model_validate({"q": text, **given})
