"""Tidies a parsed tree: takes the scope out of it, brings values to their compared form."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from whoosh import query as whoosh_query

from app.choices import Kind, Status
from app.text.pieces import pieces
from app.text.query.dates import Span, read_span
from app.text.query.language import FACETS, WORDS, Helpful, Pieces, Together
from app.text.words import QUESTION_WORDS, STOP_WORDS, facet_key

STATUSES = frozenset(status.value for status in Status)
KINDS = frozenset(kind.value for kind in Kind)

_COLON_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]):(?=[^\W\d_])")
_WORD = re.compile(r"\w+(?:['\u2019.@-]\w+)*")
_AROUND = re.compile(r"^\W+|\W+$")
_LONGEST_FACET = 200
_MOST_PIECES = 32


@dataclass(slots=True)
class Lifted:
    """What came out of a tree: the rest of it, the scope, and filters that are none (`unread`)."""

    tree: whoosh_query.Query | None = None
    statuses: set[str] = field(default_factory=set)
    unwanted_statuses: set[str] = field(default_factory=set)
    updated: Span = field(default_factory=Span)
    unread: list[tuple[str, str]] = field(default_factory=list)
    room: int = _MOST_PIECES

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
        return [] if node.fieldname in FACETS or isinstance(node, Helpful) else [node]
    return []


def helpful_leaves(node: whoosh_query.Query) -> list[Helpful]:
    """The words of a tree that better a rank and that nothing needs to have."""
    if isinstance(node, whoosh_query.And | whoosh_query.Or):
        return [leaf for child in node.subqueries for leaf in helpful_leaves(child)]
    return [node] if isinstance(node, Helpful) else []


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
        kept = _alternatives_of_one_facet(_without_stop_words(_laid_out(kept)))
        kept = _helping_where_they_may(kept) if wanted else kept
    if len(kept) <= 1:
        return kept[0] if kept else None
    return type(node)(kept)


def _without_stop_words(nodes: list[whoosh_query.Query]) -> list[whoosh_query.Query]:
    rest = [node for node in nodes if not _is_stop_word(node)]
    return rest if any(_is_word(node) for node in rest) else nodes


def _is_word(node: whoosh_query.Query) -> bool:
    return not isinstance(node, whoosh_query.Not) and getattr(node, "fieldname", WORDS) == WORDS


def _laid_out(nodes: list[whoosh_query.Query]) -> list[whoosh_query.Query]:
    """Pieces stand beside the other words, so that each of them counts as one."""
    return [
        part for node in nodes for part in (node.subqueries if isinstance(node, Pieces) else [node])
    ]


def _is_stop_word(node: whoosh_query.Query) -> bool:
    return _is_plain(node) and _bare(node.text)[0] in STOP_WORDS


def _helping_where_they_may(nodes: list[whoosh_query.Query]) -> list[whoosh_query.Query]:
    """The words that make a question of what is asked need not be found, beside others."""
    if not any(_is_word(node) and not _is_question_word(node) for node in nodes):
        return nodes
    return [Helpful(WORDS, node.text) if _is_question_word(node) else node for node in nodes]


def _is_question_word(node: whoosh_query.Query) -> bool:
    if not _is_plain(node):
        return False
    word, after = _bare(node.text)
    return word in QUESTION_WORDS or after == "t"


def _is_plain(node: whoosh_query.Query) -> bool:
    return isinstance(node, whoosh_query.Term) and node.fieldname == WORDS


def _bare(text: str) -> tuple[str, str]:
    """A word without punctuation around it, before its apostrophe and after it."""
    word, _, after = _AROUND.sub("", text).lower().replace("\u2019", "'").partition("'")
    return word, after


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
    if name == "kind" and wanted and _is_no_kind(node, value):
        lifted.unread.append((name, value))
        return _words(WORDS, whoosh_query.Term(WORDS, value), value, lifted)
    if name in FACETS:
        return _facet(name, value, is_prefix=isinstance(node, whoosh_query.Prefix))
    return _words(name, node, value, lifted if wanted else None)


def _is_no_kind(node: whoosh_query.Query, value: str) -> bool:
    key = facet_key("kind", value.strip('"'))
    return not isinstance(node, whoosh_query.Prefix) and bool(key) and key not in KINDS


def _lift_status(value: str, lifted: Lifted, *, wanted: bool) -> None:
    status = {facet_key("status", value)} & STATUSES
    if not status:
        lifted.unread.append(("status", value))
    (lifted.statuses if wanted else lifted.unwanted_statuses).update(status)


def _lift_dates(value: str, lifted: Lifted, *, wanted: bool) -> whoosh_query.Query | None:
    span = read_span(value)
    if span is None:
        lifted.unread.append(("updated", value))
        return _words(WORDS, whoosh_query.Term(WORDS, value), f"updated:{value}", None)
    if wanted:
        lifted.updated = lifted.updated.within(span)
    return None


def _facet(name: str, value: str, *, is_prefix: bool) -> whoosh_query.Query | None:
    key = facet_key(name, value.strip('"'))[:_LONGEST_FACET]
    if not key:
        return None
    return whoosh_query.Prefix(name, key) if is_prefix else whoosh_query.Term(name, key)


def _words(
    name: str, node: whoosh_query.Query, value: str, lifted: Lifted | None
) -> whoosh_query.Query | None:
    if not any(character.isalnum() for character in value):
        return None
    if isinstance(node, whoosh_query.Phrase):
        return whoosh_query.Phrase(name, node.words)
    if isinstance(node, whoosh_query.Prefix):
        return whoosh_query.Prefix(name, value)
    parts = [_word(name, part, lifted) for part in _COLON_BETWEEN_WORDS.split(value)]
    return parts[0] if len(parts) == 1 else Together(parts)


def _word(name: str, text: str, lifted: Lifted | None) -> whoosh_query.Query:
    """A word; of a run without spaces its pieces, unless it is excluded or there are too many."""
    found = pieces(text)[: lifted.room] if lifted else []
    if lifted is None or found in ([], [text]):
        return whoosh_query.Term(name, text)
    lifted.room -= len(found)
    terms = [whoosh_query.Term(name, piece) for piece in dict.fromkeys(found)]
    return Pieces([*terms, Helpful(WORDS, text)] if name == WORDS else terms)
