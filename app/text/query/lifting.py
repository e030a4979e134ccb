"""Tidies a parsed tree: takes the scope out of it, brings values to their compared form."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from whoosh import query as whoosh_query

from app.text.query.dates import Span, read_span
from app.text.query.language import FACETS, WORDS, Together
from app.text.words import STOP_WORDS, facet_key

STATUSES = frozenset({"draft", "in_review", "published", "retired"})

_COLON_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]):(?=[^\W\d_])")
_WORD = re.compile(r"\w+(?:['\u2019.@-]\w+)*")
_LONGEST_FACET = 200


@dataclass(slots=True)
class Lifted:
    """What came out of a tree: the rest of it, and the scope."""

    tree: whoosh_query.Query | None = None
    statuses: set[str] = field(default_factory=set)
    unwanted_statuses: set[str] = field(default_factory=set)
    updated: Span = field(default_factory=Span)

    @property
    def is_nothing(self) -> bool:
        """Whether the text said nothing at all, so that it may be read otherwise."""
        return not (self.tree or self.statuses or self.unwanted_statuses) and (
            self.updated == Span()
        )


def lift(parsed: whoosh_query.Query) -> Lifted:
    """Tidy a whole tree."""
    lifted = Lifted()
    lifted.tree = _tidied(parsed, lifted, wanted=True)
    return lifted


def wanted_leaves(node: whoosh_query.Query) -> list[whoosh_query.Query]:
    """The words, phrases and prefixes that a tree looks for; no facets, nothing it excludes."""
    if isinstance(node, whoosh_query.And | whoosh_query.Or):
        return [leaf for child in node.subqueries for leaf in wanted_leaves(child)]
    if isinstance(node, whoosh_query.Term | whoosh_query.Phrase | whoosh_query.Prefix):
        return [] if node.fieldname in FACETS else [node]
    return []


def wanted_words(node: whoosh_query.Query) -> list[str]:
    """The words of `wanted_leaves`, in their order, without punctuation around them."""
    return [word for leaf in wanted_leaves(node) for word in _WORD.findall(leaf_text(leaf))]


def leaf_text(leaf: whoosh_query.Query) -> str:
    """The text of a word, phrase or prefix."""
    return " ".join(leaf.words) if isinstance(leaf, whoosh_query.Phrase) else str(leaf.text)


def _tidied(node: whoosh_query.Query, lifted: Lifted, *, wanted: bool) -> whoosh_query.Query | None:
    if isinstance(node, whoosh_query.Not):
        inner = _tidied(node.query, lifted, wanted=not wanted)
        return whoosh_query.Not(inner) if inner else None
    if isinstance(node, whoosh_query.And | whoosh_query.Or):
        return _tidied_group(node, lifted, wanted=wanted)
    if isinstance(node, whoosh_query.Term | whoosh_query.Phrase | whoosh_query.Prefix):
        return _tidied_leaf(node, lifted, wanted=wanted)
    return None


def _tidied_group(
    node: whoosh_query.Query, lifted: Lifted, *, wanted: bool
) -> whoosh_query.Query | None:
    children = [_tidied(child, lifted, wanted=wanted) for child in node.subqueries]
    kept = [child for child in children if child]
    if isinstance(node, Together):
        kept = _alternatives_of_one_facet(_without_stop_words(kept))
    if len(kept) <= 1:
        return kept[0] if kept else None
    return type(node)(kept)


def _without_stop_words(nodes: list[whoosh_query.Query]) -> list[whoosh_query.Query]:
    rest = [node for node in nodes if not _is_stop_word(node)]
    return rest if any(_is_word(node) for node in rest) else nodes


def _is_word(node: whoosh_query.Query) -> bool:
    return not isinstance(node, whoosh_query.Not) and getattr(node, "fieldname", WORDS) == WORDS


def _is_stop_word(node: whoosh_query.Query) -> bool:
    return (
        isinstance(node, whoosh_query.Term)
        and node.fieldname == WORDS
        and node.text.lower() in STOP_WORDS
    )


def _alternatives_of_one_facet(nodes: list[whoosh_query.Query]) -> list[whoosh_query.Query]:
    """`kind:deck kind:pricing` asks for either: an asset has one kind."""
    facets = [node for node in nodes if getattr(node, "fieldname", None) in FACETS]
    rest = [node for node in nodes if node not in facets]
    by_name = groupby(sorted(facets, key=lambda node: node.fieldname), lambda node: node.fieldname)
    for _, values in by_name:
        same = list(values)
        rest.append(same[0] if len(same) == 1 else whoosh_query.Or(same))
    return rest


def _tidied_leaf(
    node: whoosh_query.Query, lifted: Lifted, *, wanted: bool
) -> whoosh_query.Query | None:
    name = node.fieldname.lower()
    value = leaf_text(node)
    if name == "status":
        _lift_status(value, lifted, wanted=wanted)
        return None
    if name == "updated":
        return _lift_dates(value, lifted, wanted=wanted)
    if name in FACETS:
        return _facet(name, value, is_prefix=isinstance(node, whoosh_query.Prefix))
    return _words(name, node, value)


def _lift_status(value: str, lifted: Lifted, *, wanted: bool) -> None:
    status = {facet_key("status", value)} & STATUSES
    (lifted.statuses if wanted else lifted.unwanted_statuses).update(status)


def _lift_dates(value: str, lifted: Lifted, *, wanted: bool) -> whoosh_query.Query | None:
    span = read_span(value)
    if span is None:
        return _words(WORDS, whoosh_query.Term(WORDS, value), f"updated:{value}")
    if wanted:
        lifted.updated = lifted.updated.within(span)
    return None


def _facet(name: str, value: str, *, is_prefix: bool) -> whoosh_query.Query | None:
    key = facet_key(name, value.strip('"'))[:_LONGEST_FACET]
    if not key:
        return None
    return whoosh_query.Prefix(name, key) if is_prefix else whoosh_query.Term(name, key)


def _words(name: str, node: whoosh_query.Query, value: str) -> whoosh_query.Query | None:
    if not any(character.isalnum() for character in value):
        return None
    if isinstance(node, whoosh_query.Phrase):
        return whoosh_query.Phrase(name, node.words)
    if isinstance(node, whoosh_query.Prefix):
        return whoosh_query.Prefix(name, value)
    parts = [whoosh_query.Term(name, part) for part in _COLON_BETWEEN_WORDS.split(value)]
    return parts[0] if len(parts) == 1 else Together(parts)
