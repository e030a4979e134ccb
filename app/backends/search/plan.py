"""From the query tree to what an engine is to match: fields, terms and pages, for every engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from whoosh import query as whoosh_query

from app.backends.search.fields import (
    ALL_FIELDS,
    ASSET_FIELD,
    BODY_FIELD,
    BONUS_FIELDS,
    OWN_FIELDS,
    facet_term,
)
from app.backends.search.spellings import Spelling, Spellings
from app.backends.search.vocabulary import Vocabulary
from app.text.query import Helpful, Together, helpful_leaves, wanted_leaves

MOST_FACETS = 64
NEIGHBOURS_FACTOR = 0.3
# A longer query names nothing, and to look for its words in more than one way takes long.
MOST_NAMING = 16


@dataclass(frozen=True, slots=True)
class Words:
    """Any of these spellings in any of these fields; each hit scores its field and spelling."""

    spellings: Sequence[Spelling]
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet's exact value, or those that begin so, at most 64; without a score."""

    term: str
    is_beginning: bool


@dataclass(frozen=True, slots=True)
class PageZero:
    """The assets' own entries; without a score."""


@dataclass(frozen=True, slots=True)
class PageZeroOf:
    """The own entries of the assets any entry of which matches; without a score."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """Leaves out what matches; stands only in `All`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """Everything that matches all parts; with exclusions alone, everything else. Scores add up."""

    parts: Sequence["Node | Not"]


@dataclass(frozen=True, slots=True)
class Any:
    """Everything that matches so many parts; none of no parts. Scores add up."""

    parts: Sequence["Node"]
    at_least: int = 1


Node = Words | Facet | PageZero | PageZeroOf | All | Any


@dataclass(frozen=True, slots=True)
class Plan:
    """What matches, and what besides adds to the score.

    Facets and exclusions alone give no scores.
    """

    matching: Node
    bonuses: Sequence[Node] = ()
    is_scored: bool = True


def plan(tree: whoosh_query.Query, vocabulary: Vocabulary, *, match_all: bool) -> Plan:
    """Match pages by their own words and their asset's, and assets (page 0) by their own alone."""
    planner = _Planner(Spellings(tree, vocabulary), match_all=match_all)
    wanted = wanted_leaves(tree)
    if not wanted:
        return Plan(All((planner.node(tree, ALL_FIELDS), PageZero())), is_scored=False)
    bonuses = planner.helpful(tree, wanted)
    if len(wanted) <= MOST_NAMING:
        bonuses += [*planner.names(wanted), *planner.neighbours(wanted)]
    if planner.is_one_enough(tree):
        return Plan(planner.with_one(tree), [*planner.about(wanted), *bonuses])
    matching = planner.node(tree, ALL_FIELDS)
    by_asset_alone = planner.by_the_asset_alone(tree, wanted)
    return Plan(All((matching, Not(by_asset_alone))), bonuses)


@dataclass(slots=True)
class _Planner:
    """One tree; an exclusion is the same object wherever it stands, so it is counted once."""

    spellings: Spellings
    match_all: bool = field(kw_only=True)
    exclusions: dict[int, tuple[Not, Not]] = field(default_factory=dict)

    def is_one_enough(self, tree: whoosh_query.Query) -> bool:
        """Whether one word is all that a page must have, which then must be its own."""
        if not isinstance(tree, whoosh_query.And):
            return wanted_leaves(tree) == [tree] and not self._parts(tree)
        wanted = [child for child in tree.subqueries if wanted_leaves(child)]
        relaxed = [child for child in wanted if self._may_be_missing(tree, child)]
        is_one = len(wanted) == 1 or (relaxed == wanted and enough_of(len(wanted)) == 1)
        return is_one and all(map(self.is_one_enough, wanted))

    def with_one(self, tree: whoosh_query.Query) -> Node:
        """Pages with a word of their own, and assets by what they say themselves."""
        covers = self.node(tree, (ASSET_FIELD,))
        return Any([self.node(tree, OWN_FIELDS), All((PageZero(), covers))])

    def about(self, wanted: Sequence[whoosh_query.Query]) -> list[Node]:
        """What is said about a page's asset betters it; of page 0 it is what matches."""
        found = [self.leaf(leaf, (ASSET_FIELD,)) for leaf in wanted]
        return [All((about, Not(PageZero()))) for about in found]

    def by_the_asset_alone(
        self, tree: whoosh_query.Query, wanted: Sequence[whoosh_query.Query]
    ) -> Node:
        """Pages that match without a word of their own: their asset's page 0 stands for them."""
        own = [Not(self.leaf(leaf, OWN_FIELDS)) for leaf in wanted]
        return All((self.node(tree, (ASSET_FIELD,)), Not(PageZero()), *own))

    def node(self, node: whoosh_query.Query, fields: Sequence[str]) -> Node:
        """Any node of the tree, its wanted words in any of these fields."""
        if isinstance(node, whoosh_query.Not):
            return All(self._exclusion(node))
        if isinstance(node, whoosh_query.Or):
            return Any([self.node(child, fields) for child in node.subqueries])
        if isinstance(node, whoosh_query.And):
            return self._all(node, fields)
        if wanted_leaves(node):
            return self.leaf(node, fields)
        term = facet_term(node.fieldname, node.text)
        return Facet(term, isinstance(node, whoosh_query.Prefix))

    def leaf(self, leaf: whoosh_query.Query, fields: Sequence[str]) -> Node:
        """A word, phrase or prefix in any of these fields; one for titles in titles alone."""
        if leaf.fieldname == "title":
            fields = () if fields == OWN_FIELDS else ("title",)
        parts = self._parts(leaf)
        if not parts:
            return Words(self.spellings.of(leaf), fields)
        return Any([Words([part], fields) for part in parts], at_least=len(parts) // 2)

    def names(self, wanted: Sequence[whoosh_query.Query]) -> list[Node]:
        """Each wanted word in titles and tags, for its share of what these weigh."""
        share = 1 / len(wanted)
        return [
            Words([replace(x, factor=x.factor * share) for x in self.spellings.of(leaf)], fields)
            for leaf in wanted
            for fields in [("title",) if leaf.fieldname == "title" else BONUS_FIELDS]
        ]

    def neighbours(self, wanted: Sequence[whoosh_query.Query]) -> list[Node]:
        """Two words that follow each other in the query, side by side on the page."""
        terms = [self.spellings.single(leaf) for leaf in wanted]
        return [
            Words([Spelling((one, other), NEIGHBOURS_FACTOR)], (BODY_FIELD,))
            for one, other in pairwise(terms)
            if one and other
        ]

    def helpful(self, tree: whoosh_query.Query, wanted: Sequence[whoosh_query.Query]) -> list[Node]:
        """What a page need not have, but is the better for."""
        asked = {
            term for leaf in wanted for found in self.spellings.of(leaf) for term in found.terms
        }
        return [
            Words([spelling], ALL_FIELDS)
            for spelling in self.spellings.helpful(helpful_leaves(tree))
            if asked.isdisjoint(spelling.terms)
        ]

    def _all(self, node: whoosh_query.And, fields: Sequence[str]) -> Node:
        parts: list[Node | Not] = []
        relaxed: list[Node] = []
        for child in node.subqueries:
            if isinstance(child, Helpful):
                continue
            if isinstance(child, whoosh_query.Not):
                parts += self._exclusion(child)
            elif self._may_be_missing(node, child):
                relaxed.append(self.node(child, fields))
            else:
                parts.append(self.node(child, fields))
        if relaxed:
            parts.append(Any(relaxed, at_least=enough_of(len(relaxed))))
        return All(parts)

    def _parts(self, leaf: whoosh_query.Query) -> Sequence[Spelling]:
        """The parts of what is written together, where some of them may be missing."""
        parts = () if self.match_all else self.spellings.parts_of(leaf)
        return parts if len(parts) > 1 else ()

    def _may_be_missing(self, node: whoosh_query.And, child: whoosh_query.Query) -> bool:
        return not self.match_all and isinstance(node, Together) and bool(wanted_leaves(child))

    def _exclusion(self, node: whoosh_query.Not) -> tuple[Not, Not]:
        """Leave out the pages that have it, and page 0 of an asset any page of which has it."""
        if id(node) not in self.exclusions:
            strict = _Planner(self.spellings, match_all=True)
            excluded = strict.node(node.query, ALL_FIELDS)
            self.exclusions[id(node)] = (Not(excluded), Not(PageZeroOf(excluded)))
        return self.exclusions[id(node)]


def enough_of(count: int) -> int:
    """How many of so many words a page must have where no page need have all."""
    return 1 if count < 5 else 2 if count < 10 else 3
