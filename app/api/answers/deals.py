"""Deals and uses as answers."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer, site
from app.api.answers.people import PersonAnswer
from app.inputs.money import in_words
from app.models.deal import Deal
from app.models.use import Use
from app.queries import cards


class MoneyAnswer(BaseModel):
    """An amount and its currency."""

    amount: str
    currency: str


class StageStepAnswer(BaseModel):
    """A stage and when the deal came into it."""

    stage: str
    entered_at: datetime


class DealLinks(BaseModel):
    """Where the deal is found."""

    self: str
    html: str


class DealAnswer(BaseModel):
    """A deal with every stage it went through, the first one first."""

    id: int
    external_id: str
    name: str
    account: str
    owner: PersonAnswer | None
    amount: MoneyAnswer | None
    segment: str
    industry: str
    region: str
    competitors: list[str]
    lead_source: str
    campaign: str
    stage: str | None
    stage_history: list[StageStepAnswer]
    outcome: str
    opened_on: date
    closed_on: date | None
    created_at: datetime
    updated_at: datetime
    links: DealLinks

    @classmethod
    def of(cls, deal: Deal) -> "DealAnswer":
        """From the deal."""
        told = ("id", "external_id", "name", "account", "segment", "industry", "region")
        more = ("competitors", "lead_source", "campaign", "opened_on", "closed_on")
        times = ("created_at", "updated_at")
        return cls(
            **{name: getattr(deal, name) for name in (*told, *more, *times)},
            owner=PersonAnswer.of(cards.of_person(deal.owner)) if deal.owner else None,
            amount=money(deal.amount, deal.currency),
            stage=deal.stage.name if deal.stage else None,
            stage_history=[
                StageStepAnswer(stage=entry.stage.name, entered_at=entry.entered_at)
                for entry in deal.stage_history
            ],
            outcome=deal.outcome.value,
            links=DealLinks(
                self=f"{site()}/api/v1/deals/{quote(deal.external_id, safe='')}",
                html=f"{site()}/deals/{deal.id}",
            ),
        )


class DealList(BaseModel):
    """Some of the deals that match."""

    items: list[DealAnswer]
    next: str | None
    total: int


class UseAnswer(BaseModel):
    """A use; `stage` is the deal's at `occurred_at`, none before its first."""

    id: int
    deal: str
    asset: AssetPointer
    version: int
    how: str
    stage: str | None
    person: PersonAnswer
    occurred_at: datetime
    recorded_at: datetime
    after_close: bool
    reported_late: bool
    origin: str
    note: str

    @classmethod
    def of(cls, use: Use) -> "UseAnswer":
        """From the use."""
        asset = use.asset
        return cls(
            id=use.id,
            deal=use.deal.external_id,
            asset=AssetPointer.to(asset),
            version=use.version.number,
            how=use.how.value,
            stage=use.stage.name if use.stage else None,
            person=PersonAnswer.of(cards.of_person(use.person)),
            occurred_at=use.occurred_at,
            recorded_at=use.recorded_at,
            after_close=use.is_after_close,
            reported_late=use.is_reported_late,
            origin=use.origin.value,
            note=use.note,
        )


class UseList(BaseModel):
    """Some of the uses on a deal."""

    items: list[UseAnswer]
    next: str | None
    total: int


class ItemAnswer(BaseModel):
    """What became of one item of a list: `status` as for a call of its own."""

    index: int
    status: int
    id: int | None = None
    problem: dict[str, Any] | None = None


class BulkAnswer(BaseModel):
    """What became of each item, in the order in which they came."""

    items: list[ItemAnswer]


def money(amount: int | None, currency: str | None) -> MoneyAnswer | None:
    """Minor units as an amount."""
    words = in_words(amount, currency)
    return MoneyAnswer(amount=words[0], currency=words[1]) if words else None
