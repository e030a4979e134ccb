"""What a retirement would touch, as an answer."""

from collections.abc import Sequence

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer
from app.api.answers.deals import MoneyAnswer, money
from app.api.answers.people import PersonAnswer
from app.queries import cards
from app.queries.duplicates import Nearly
from app.queries.impact import Impact


class OpenDeals(BaseModel):
    """How many open deals, and their amounts, one a currency."""

    count: int
    amounts: list[MoneyAnswer]


class SharedPages(BaseModel):
    """Another piece and how many of its pages say the same."""

    asset: AssetPointer
    pages: int


class NearAnswer(BaseModel):
    """Another piece that is nearly the same: how many pages of how many of the shorter match."""

    asset: AssetPointer
    pages: int
    of: int


class NearList(BaseModel):
    """Pieces that are nearly the same, the most pages first."""

    items: list[NearAnswer]

    @classmethod
    def of(cls, found: Sequence[Nearly]) -> "NearList":
        """From what was found."""
        return cls(
            items=[
                NearAnswer(asset=AssetPointer.to(one.asset), pages=one.pages, of=one.of_pages)
                for one in found
            ]
        )


class ImpactAnswer(BaseModel):
    """What uses the piece now; there are no links and no collections yet."""

    open_deals: OpenDeals
    live_links: int = 0
    collections: list[AssetPointer] = []
    shared_pages: list[SharedPages]
    recent_downloaders: list[PersonAnswer]

    @classmethod
    def of(cls, impact: Impact) -> "ImpactAnswer":
        """From the impact."""
        amounts = [money(*pair) for pair in impact.amounts]
        return cls(
            open_deals=OpenDeals(
                count=impact.deals_count, amounts=[one for one in amounts if one is not None]
            ),
            shared_pages=[
                SharedPages(asset=AssetPointer.to(asset), pages=pages)
                for asset, pages in impact.shared_pages
            ],
            recent_downloaders=[
                PersonAnswer.of(cards.of_person(person)) for person in impact.downloaders
            ],
        )
