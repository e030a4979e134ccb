"""A made-up library of collateral: any asset can be made again from its number alone."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.choices import FacetName, Kind
from benchmarks.words import Words

SEED = 7
PAGES = 20
OWNERS = 40
PRODUCTS = ("Atlas", "Beacon", "Compass", "Drydock", "Ensign", "Foresail", "Galley", "Helm")
INDUSTRIES = (
    "Banking", "Insurance", "Retail", "Manufacturing", "Healthcare", "Energy", "Telecom",
    "Public sector", "Logistics", "Media", "Education", "Travel",
)  # fmt: skip
KINDS = (
    *[Kind.DECK] * 6, *[Kind.ONE_PAGER] * 4, *[Kind.CASE_STUDY] * 4, *[Kind.BATTLECARD] * 3,
    Kind.WHITE_PAPER, Kind.WHITE_PAPER, Kind.PRICING, Kind.PROPOSAL, Kind.EMAIL_TEMPLATE,
)  # fmt: skip
VALUES: Mapping[FacetName, tuple[Sequence[str], int]] = {
    FacetName.STAGES: (("attention", "interest", "conviction", "desire", "sale"), 2),
    FacetName.PERSONAS: (("CFO", "CIO", "Head of sales", "Engineer", "Procurement"), 2),
    FacetName.PRODUCTS: (PRODUCTS, 2),
    FacetName.INDUSTRIES: (INDUSTRIES, 2),
    FacetName.SEGMENTS: (("Enterprise", "Mid-market", "Small business"), 2),
    FacetName.REGIONS: (("North America", "Europe", "Asia", "Latin America"), 2),
    FacetName.COMPETITORS: (tuple(f"{name} Systems" for name in (
        "Acme", "Globex", "Initech", "Umbra", "Vandelay", "Hooli", "Stark", "Wonka", "Cyberdyne",
        "Soylent", "Tyrell", "Oscorp", "Massive", "Gringott", "Duff")), 3),
    FacetName.TAGS: (tuple(f"topic {number}" for number in range(60)), 4),
}  # fmt: skip
TOPICS = (
    "overview", "security review", "pricing guide", "migration plan", "customer story", "roadmap",
    "return on investment", "objection handling", "integration guide", "first meeting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadePage:
    """One page's words."""

    title: str
    text: str
    notes: str


@dataclass(frozen=True, slots=True)
class MadeAsset:
    """One asset's words, facets and owner (a number)."""

    title: str
    summary: str
    kind: Kind
    owner: int
    facets: Mapping[FacetName, Sequence[str]]
    pages: Sequence[MadePage]


class Library:
    """Assets by number, from 1."""

    def __init__(self) -> None:
        self.words = Words(SEED)

    def asset(self, number: int) -> MadeAsset:
        """The asset with this number: the same at every call."""
        chance = random.Random(SEED * 1_000_003 + number)
        product, industry = chance.choice(PRODUCTS), chance.choice(INDUSTRIES)
        facets = {
            name: chance.sample(values, chance.randint(0 if most > 2 else 1, most))
            for name, (values, most) in VALUES.items()
        }
        topic, word = chance.choice(TOPICS), self.words.draw(chance, 1)[0]
        return MadeAsset(
            title=f"{product} {topic} for {industry.lower()}: {word}",
            summary=self._sentence(chance, 25),
            kind=chance.choice(KINDS),
            owner=chance.randrange(OWNERS),
            facets=facets,
            pages=[self._page(chance) for _ in range(PAGES)],
        )

    def _page(self, chance: random.Random) -> MadePage:
        title = " ".join(self.words.draw(chance, chance.randint(2, 7))).capitalize()
        text = [self._sentence(chance, chance.randint(5, 18)) for _ in range(chance.randint(2, 9))]
        notes = self._sentence(chance, 25) if chance.random() < 0.4 else ""
        return MadePage(title, "\n".join(text), notes)

    def _sentence(self, chance: random.Random, count: int) -> str:
        return " ".join(self.words.draw(chance, count)).capitalize() + "."
