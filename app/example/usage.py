"""Which pieces the example company's reps use on a deal, when, how, and in which version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.choices import GENUINE, How, Kind, Status
from app.example.catalogue import ExampleAsset, ExampleVersion
from app.example.chance import Chance, at_work
from app.example.people import PEOPLE

# How often a piece of a kind is used on a deal in a stage that it is for.
OFTEN: Mapping[str, float] = {"business-case-deck": 0.5, "security-questionnaire": 0.55}
RATES: Mapping[Kind, float] = {Kind.DECK: 0.36, Kind.PROPOSAL: 0.3, Kind.PRICING: 0.25}
RATE = 0.11
OUTDATED, LATE, MISFIT = 0.12, 0.06, 0.35

WAYS: Mapping[Kind, Mapping[How, float]] = {
    Kind.DECK: {How.PRESENTED: 0.6, How.SHARED: 0.3, How.ATTACHED: 0.1},
    Kind.BATTLECARD: {How.CLAIMED: 1.0},
    Kind.PROPOSAL: {How.ATTACHED: 0.7, How.SHARED: 0.3},
    Kind.PRICING: {How.ATTACHED: 0.6, How.SHARED: 0.4},
    Kind.EMAIL_TEMPLATE: {How.SHARED: 1.0},
}
OTHER_WAYS: Mapping[How, float] = {How.SHARED: 0.7, How.ATTACHED: 0.2, How.PRESENTED: 0.1}
NOTES = (
    "Asked for it in writing afterwards.",
    "Skipped to the figures.",
    "Passed on to their quality manager.",
    "Good questions on the price page.",
    "Wanted it in their own language.",
    "Used only the first half.",
)


@dataclass(frozen=True, slots=True)
class ExampleUse:
    """A use, by the keys of the asset and the person."""

    asset: str
    version: int
    how: How
    person: str
    occurred_at: datetime
    recorded_at: datetime
    note: str

    @property
    def is_genuine(self) -> bool:
        """Whether it reached a buyer by the rep's own doing."""
        return self.how in GENUINE


class OfDeal(Protocol):
    """What of a deal decides what is used on it."""

    owner: str
    team: str
    segment: str
    industry: str
    quality: float


class Shelf:
    """The pieces that there were, at any moment."""

    def __init__(self, assets: Sequence[ExampleAsset], today: datetime) -> None:
        self._today = today
        self._assets = [asset for asset in assets if asset.status is not Status.DRAFT]

    def used(
        self, deal: OfDeal, stage: str, moment: datetime, until: datetime, chance: Chance
    ) -> list[ExampleUse]:
        """What is used on a deal while it is in a stage, in the order in which it happens."""
        found: list[ExampleUse] = []
        for asset in self._assets:
            if stage in asset.facets["stages"]:
                at = at_work(moment + (until - moment) * chance.between(0.02, 0.4))
                at = max(at, moment + timedelta(minutes=1))
                wanted = OFTEN.get(asset.key, RATES.get(asset.kind, RATE))
                wanted *= 1.0 if _suits(asset, deal) else MISFIT
                is_used = chance.happens(wanted * max(0.4, 1 + 0.15 * deal.quality))
                version = self._version(asset, at, chance)
                if is_used and version:
                    found += _uses(asset, version, deal, at, chance)
        return sorted(found, key=lambda use: use.occurred_at)

    def _version(self, asset: ExampleAsset, at: datetime, chance: Chance) -> ExampleVersion | None:
        """The version that a rep takes: mostly the current one, now and then the one before."""
        age = (self._today - at) / timedelta(days=1)
        is_over = asset.retired_days_ago is not None and age < asset.retired_days_ago
        there = [version for version in asset.versions if version.days_ago >= age + 1]
        is_behind = chance.happens(OUTDATED)
        if not there or (is_over and not is_behind):
            return None
        return there[-2] if is_behind and len(there) > 1 else there[-1]


def _suits(asset: ExampleAsset, deal: OfDeal) -> bool:
    """Whether a piece is for such a deal; others are used now and then all the same."""
    wanted = {"industries": deal.industry, "segments": deal.segment, "regions": deal.team}
    return all(
        not asset.facets.get(name) or value in asset.facets[name] for name, value in wanted.items()
    )


def _uses(
    asset: ExampleAsset, version: ExampleVersion, deal: OfDeal, at: datetime, chance: Chance
) -> list[ExampleUse]:
    """The use itself, now and then after a download for it."""
    how = chance.weighted(WAYS.get(asset.kind, OTHER_WAYS)) if asset.is_shareable else How.CLAIMED
    person = deal.owner if chance.happens(0.85) else _colleague(deal, chance)
    noted = at + _delay(chance)
    note = chance.choice(NOTES) if chance.happens(0.12) else ""
    use = ExampleUse(asset.key, version.number, how, person, at, noted, note)
    if not chance.happens(0.15):
        return [use]
    before = at - timedelta(minutes=chance.between(5, 50))
    download = ExampleUse(asset.key, version.number, How.DOWNLOADED, person, before, before, "")
    return [download, use]


def _delay(chance: Chance) -> timedelta:
    """How long after it happened a use is noted: mostly at once, now and then weeks later."""
    if chance.happens(LATE):
        return timedelta(days=chance.between(5, 40))
    return timedelta(minutes=chance.between(1, 240))


def _colleague(deal: OfDeal, chance: Chance) -> str:
    others = [one.key for one in PEOPLE if one.team == deal.team and one.key != deal.owner]
    return chance.choice(others)
