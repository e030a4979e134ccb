"""From the plan to Tantivy's queries, for the pages and for the assets' own entries.

What a page has from its asset is looked up there and then asked for as a list of assets.
"""

from collections.abc import Iterator, Sequence, Set

from tantivy import Occur, Query, Schema

from app.backends.search.fields import ASSET_FIELDS, BOOSTS, OWN_FIELDS, UNPLACED_FIELDS
from app.backends.search.plan import (
    MOST_FACETS,
    All,
    Any,
    Facet,
    Node,
    Not,
    PageZero,
    PageZeroOf,
    Plan,
    Words,
)
from app.backends.search.spellings import Spelling
from app.backends.search.tantivy.counting import assets_of, pages_by_asset
from app.backends.search.tantivy.indexes import Searchers
from app.backends.search.tantivy.schema import COVERS, HELD, PAGES

# So many assets are sooner found one by one than as a set.
_FEW = 200
# Where one of several words is on fewer pages than a tenth of the assets, only those that have it
# are looked at.
_RARE = 10


class Translation:
    """One plan over one snapshot; what is looked up is looked up once."""

    def __init__(self, plan: Plan, searchers: Searchers) -> None:
        self._plan = plan
        self._searchers = searchers
        # By identity: the plan lives as long as this does.
        self._assets: dict[int, list[int]] = {}

    @property
    def is_narrow(self) -> bool:
        """Whether several words must be there together or side by side, which little has."""
        matching = self._plan.matching
        spellings = (one for words in _scored(matching) for one in words.spellings)
        return isinstance(matching, All) or all(len(one.terms) > 1 for one in spellings)

    def pages(self) -> Query:
        """The pages that match, scored by their own words."""
        return self._on_pages(self._plan.matching)

    def holding(self) -> Query | None:
        """The own entries of the assets with a page that matches; none where only pages tell."""
        return self._holding(self._plan.matching)

    def covers(self) -> Query:
        """The own entries that match."""
        return self._on_covers(self._plan.matching)

    def bonuses(self) -> list[Query]:
        """What betters the score of pages by their own words."""
        words = (bonus for bonus in self._plan.bonuses if isinstance(bonus, Words))
        return [one for word in words for one in _spelled(PAGES, word, OWN_FIELDS)]

    def naming(self) -> Query:
        """What scores assets by what they say themselves, for their pages and own entries alike."""
        nodes = (self._plan.matching, *self._plan.bonuses)
        words = (word for node in nodes for word in _scored(node))
        return any_of([one for word in words for one in _spelled(COVERS, word, ASSET_FIELDS)])

    def _on_pages(self, node: Node, within: Set[int] | None = None) -> Query:
        """Pages that match; `within` are the assets of all that can, where they are known."""
        if _is_of_assets(node):
            return one_of(PAGES, self._assets_of(node, within))
        if isinstance(node, Words):
            own = list(_spelled(PAGES, node, OWN_FIELDS))
            if set(node.fields).isdisjoint(ASSET_FIELDS):
                return any_of(own)
            return any_of([*own, one_of(PAGES, self._assets_of(node, within))])
        if isinstance(node, All):
            return self._all_on_pages(node, within)
        if isinstance(node, Any):
            return any_of([self._on_pages(part, within) for part in node.parts], node.at_least)
        return Query.empty_query()

    def _all_on_pages(self, node: All, within: Set[int] | None) -> Query:
        if any(isinstance(part, PageZero) for part in node.parts):
            return Query.empty_query()
        within = self._narrowed(node) if within is None else within
        return _all([
            (Occur.MustNot, self._on_pages(part.part))
            if isinstance(part, Not)
            else (Occur.Must, self._on_pages(part, within))
            for part in node.parts
        ])  # fmt: skip

    def _narrowed(self, node: All) -> Set[int] | None:
        """The assets that have the rarest of several words that must be there, if it is rare."""
        words = [part for part in node.parts if isinstance(part, Words)]
        if len(node.parts) < 2 or not words:
            return None
        frequencies = [self._frequency(part) for part in words]
        if min(frequencies) * _RARE > self._searchers.covers.num_docs:
            return None
        rarest = words[frequencies.index(min(frequencies))]
        own = any_of(list(_spelled(PAGES, rarest, OWN_FIELDS)))
        return pages_by_asset(self._searchers.pages, own).keys() | set(self._assets_of(rarest))

    def _holding(self, node: Node) -> Query | None:
        if isinstance(node, Words):
            return _held(node)
        if isinstance(node, Any) and node.at_least == 1:
            parts = [self._holding(part) for part in node.parts]
            return None if None in parts else any_of([part for part in parts if part])
        return self._all_holding(node) if isinstance(node, All) else None

    def _all_holding(self, node: All) -> Query | None:
        if any(isinstance(part, PageZero) for part in node.parts):
            return Query.empty_query()
        on_pages = [part for part in node.parts if not _is_of_assets(part)]
        if len(on_pages) != 1 or isinstance(on_pages[0], Not):
            return None
        holding = self._holding(on_pages[0])
        if holding is None:
            return None
        said = [part for part in node.parts if not isinstance(part, Not) and _is_of_assets(part)]
        return _all([(Occur.Must, one) for one in (holding, *map(self._on_covers, said))])

    def _frequency(self, words: Words) -> int:
        """On how many pages they are at most."""
        return sum(
            min(self._searchers.pages.doc_freq(field, term) for term in spelling.terms)
            for field in words.fields
            if field in OWN_FIELDS
            for spelling in words.spellings
        )

    def _on_covers(self, node: Node) -> Query:
        if isinstance(node, Words):
            return any_of(list(_spelled(COVERS, node, ASSET_FIELDS)))
        if isinstance(node, All):
            return _all([
                (Occur.MustNot, self._on_covers(part.part))
                if isinstance(part, Not)
                else (Occur.Must, self._on_covers(part))
                for part in node.parts
            ])  # fmt: skip
        if isinstance(node, Any):
            return any_of([self._on_covers(part) for part in node.parts], node.at_least)
        if isinstance(node, Facet):
            return self._facet(node)
        if isinstance(node, PageZeroOf):
            return one_of(COVERS, self._assets_with(node))
        return Query.const_score_query(Query.all_query(), 0.0)

    def _facet(self, node: Facet) -> Query:
        if not node.is_beginning:
            found = Query.term_query(COVERS, "facet", node.term)
        else:
            terms = self._searchers.covers.terms_with_prefix("facet", node.term, limit=MOST_FACETS)
            found = Query.term_set_query(COVERS, "facet", [term for term, _ in terms])
        return Query.const_score_query(found, 0.0)

    def _assets_of(self, node: Node, within: Set[int] | None = None) -> list[int]:
        """The assets whose own entries match, of those within."""
        if within is not None and len(within) <= _FEW and id(node) not in self._assets:
            these = (Occur.Must, one_of(COVERS, list(within)))
            both = Query.boolean_query([(Occur.Must, self._on_covers(node)), these])
            return assets_of(self._searchers.covers, both)
        if id(node) not in self._assets:
            self._assets[id(node)] = assets_of(self._searchers.covers, self._on_covers(node))
        found = self._assets[id(node)]
        return found if within is None else [asset for asset in found if asset in within]

    def _assets_with(self, node: PageZeroOf) -> list[int]:
        """The assets of which a page or the own entry matches."""
        if id(node) not in self._assets:
            pages = pages_by_asset(self._searchers.pages, self._on_pages(node.part))
            own = assets_of(self._searchers.covers, self._on_covers(node.part))
            self._assets[id(node)] = [*pages, *own]
        return self._assets[id(node)]


def one_of(schema: Schema, assets: Sequence[int], score: float = 0.0) -> Query:
    """Whatever is of one of these assets, all with this score."""
    if len(assets) > _FEW:
        found = Query.term_set_query(schema, "asset", assets)
    else:
        found = any_of([Query.term_query(schema, "asset", asset) for asset in assets])
    return Query.const_score_query(found, score)


def any_of(queries: Sequence[Query], at_least: int = 1) -> Query:
    """What matches so many of these; of none nothing."""
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries], at_least)


def _all(clauses: list[tuple[Occur, Query]]) -> Query:
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
    return Query.boolean_query(clauses)


def _is_of_assets(node: Node | Not) -> bool:
    """Whether only what assets say themselves decides it, for their pages as for them."""
    if isinstance(node, All | Any):
        return all(map(_is_of_assets, node.parts))
    return isinstance(node, Facet) or (
        isinstance(node, Words) and set(node.fields).issubset(ASSET_FIELDS)
    )


def _held(words: Words) -> Query | None:
    """Assets with a page that has one of these; none where words must stand side by side."""
    spellings = words.spellings
    if tuple(words.fields) != OWN_FIELDS or any(len(one.terms) > 1 for one in spellings):
        return None
    return any_of([Query.term_query(COVERS, HELD, one.terms[0]) for one in spellings])


def _scored(node: Node) -> Iterator[Words]:
    """The words in it that score; what is for own entries alone is for pages a bonus."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, Any):
        for part in node.parts:
            yield from _scored(part)
    elif isinstance(node, All) and not any(isinstance(part, PageZero) for part in node.parts):
        for wanted in node.parts:
            if not isinstance(wanted, Not):
                yield from _scored(wanted)


def _spelled(schema: Schema, words: Words, fields: Sequence[str]) -> Iterator[Query]:
    """BM25 in each of these fields, times the field's boost and the spelling's worth."""
    for field in words.fields:
        for spelling in words.spellings if field in fields else ():
            found = _terms(schema, field, spelling)
            yield Query.boost_query(found, BOOSTS[field] * spelling.factor)


def _terms(schema: Schema, field: str, spelling: Spelling) -> Query:
    """A term, or terms side by side; terms together where there are no positions."""
    if len(spelling.terms) == 1:
        return Query.term_query(schema, field, spelling.terms[0])
    if field in UNPLACED_FIELDS:
        terms = [Query.term_query(schema, field, term) for term in spelling.terms]
        return Query.boolean_query([(Occur.Must, term) for term in terms])
    return Query.phrase_query(schema, field, list(spelling.terms))
