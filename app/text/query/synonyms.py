"""Synonyms: where a query has one of several words for the same thing, any of them will do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from whoosh import query as whoosh_query
from whoosh.lang.porter2 import stem

from app.text.query.language import WORDS, Alike, AlikePhrase, Helpful, Together
from app.text.query.parsing import Query
from app.text.words import STOP_WORDS, for_query

Words = tuple[str, ...]
MOST_GIVEN = 16
"""So many synonyms are put into one query, so that no query is a burden."""


def words_of(text: str) -> Words:
    """A word or several as they are compared: folded and stemmed, without small words."""
    words = re.findall(r"\w+", for_query(text))
    telling = [word for word in words if word not in STOP_WORDS]
    return tuple(stem(word) for word in telling or words)


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of words for the same thing, by the words as `words_of` gives them."""

    others: Mapping[Words, Sequence[str]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, groups: Sequence[Sequence[str]]) -> "Synonyms":
        """From groups of texts; a text in two groups belongs to the last."""
        others = {
            words_of(text): [other for other in group if other != text]
            for group in groups
            for text in group
        }
        return cls(others, max(map(len, others), default=0))


@dataclass(slots=True)
class _Given:
    """What was put in so far."""

    texts: list[str] = field(default_factory=list)

    def room(self, others: Sequence[str]) -> Sequence[str]:
        """As many of these as there is still room for."""
        taken = others[: MOST_GIVEN - len(self.texts)]
        self.texts += taken
        return taken


def widened(query: Query, synonyms: Synonyms) -> Query:
    """The query with alternatives beside its words, and `synonyms` those that were put in.

    Only words that are looked for anywhere are widened: not phrases in quotes, beginnings, or
    what is excluded, since those say exactly what they mean.
    """
    given = _Given()
    tree = _widened(query.tree, synonyms, given) if synonyms.others else query.tree
    return replace(query, tree=tree, synonyms=tuple(given.texts)) if given.texts else query


def _widened(node: whoosh_query.Query, synonyms: Synonyms, given: _Given) -> whoosh_query.Query:
    if isinstance(node, Together):
        return _group(node, list(_run(node.subqueries, synonyms, given)))
    if isinstance(node, whoosh_query.And | whoosh_query.Or):
        return type(node)([_widened(child, synonyms, given) for child in node.subqueries])
    if _is_word(node):
        return next(_run([node], synonyms, given))
    return node


def _group(node: whoosh_query.Query, children: list[whoosh_query.Query]) -> whoosh_query.Query:
    return children[0] if len(children) == 1 else type(node)(children)


def _run(
    nodes: Sequence[whoosh_query.Query], synonyms: Synonyms, given: _Given
) -> Iterator[whoosh_query.Query]:
    """Words that stand side by side, the longest that have synonyms taken together."""
    at = 0
    while at < len(nodes):
        for end in range(min(len(nodes), at + synonyms.longest), at, -1):
            some = nodes[at:end]
            if all(map(_is_word, some)) and (others := _others(some, synonyms, given)):
                yield whoosh_query.Or([_side_by_side(some), *map(_looked_for, others)])
                at = end
                break
        else:
            yield _widened(nodes[at], synonyms, given) if not _is_word(nodes[at]) else nodes[at]
            at += 1


def _others(some: Sequence[whoosh_query.Query], synonyms: Synonyms, given: _Given) -> Sequence[str]:
    asked = words_of(" ".join(node.text for node in some))
    return given.room(synonyms.others.get(asked, ()))


def _side_by_side(some: Sequence[whoosh_query.Query]) -> whoosh_query.Query:
    return some[0] if len(some) == 1 else Together(list(some))


def _looked_for(text: str) -> whoosh_query.Query:
    words = text.split()
    return Alike(WORDS, text) if len(words) == 1 else AlikePhrase(WORDS, words)


def _is_word(node: whoosh_query.Query) -> bool:
    is_plain = isinstance(node, whoosh_query.Term) and not isinstance(node, Helpful)
    return is_plain and node.fieldname == WORDS
