"""The grammar of the search language, as plugins of Whoosh's parser."""

import re

from whoosh import query as whoosh_query
from whoosh.qparser import syntax
from whoosh.qparser.default import QueryParser
from whoosh.qparser.plugins import (
    FieldsPlugin,
    GroupPlugin,
    OperatorsPlugin,
    PhrasePlugin,
    PrefixPlugin,
    TaggingPlugin,
)

WORDS = "words"
FACETS = (
    "kind", "stage", "persona", "product", "industry", "segment", "region", "competitor", "tag",
    "owner",
)  # fmt: skip
FIELDS = (*FACETS, "title", "status", "updated")

_ANY_FIELD = "|".join(FIELDS)


class Together(whoosh_query.And):  # type: ignore[misc]
    """Words that merely stand side by side; an engine may be asked to relax these."""


class Pieces(Together):
    """What one word without spaces asks for."""


class Alike(whoosh_query.Term):  # type: ignore[misc]
    """A word that stands for one that was typed; it never weighs as much."""


class AlikePhrase(whoosh_query.Phrase):  # type: ignore[misc]
    """Several words that stand for what was typed; they never weigh as much."""


class Helpful(whoosh_query.Term):  # type: ignore[misc]
    """A word that betters the rank where it is found; nothing needs to have it."""


class _TogetherGroup(syntax.GroupNode):  # type: ignore[misc]
    qclass = Together


class _DateRange(TaggingPlugin):  # type: ignore[misc]
    """Keeps `[2026-01-01 to 2026-02-01]` in one piece after `updated:`."""

    expr = r"(?i:(?<=updated:))(?P<text>\[[^\]\[]{1,60}\])"
    nodetype = syntax.WordNode


def make_parser() -> QueryParser:
    """Build the parser; it keeps no state between texts."""
    return QueryParser(
        WORDS,
        None,
        plugins=[
            FieldsPlugin(rf"(?<![^\s(-])(?P<text>(?i:{_ANY_FIELD})):(?=[^\s)])"),
            _DateRange(),
            # A closing quote is not followed by a letter; a group "slop" is expected by name.
            PhrasePlugin(r'(?<![^\s(:-])"(?P<text>[^"]*)"(?!\w)(?P<slop>(?!))?'),
            PrefixPlugin(r"(?<!\w)(?P<text>\w[\w'\u2019.@-]*)\*(?=[\s)]|$)"),
            GroupPlugin(),
            _operators(),
        ],
        group=_TogetherGroup,
    )


def _operators() -> OperatorsPlugin:
    # Whoosh's own plus-minus plugin makes an exclusion of `follow-up` and of the parts of dates.
    minus = OperatorsPlugin.OpTagger(
        re.compile(r"(?<![^\s(])-(?=[^\s)-])"), syntax.NotGroup, syntax.PrefixOperator
    )
    return OperatorsPlugin(ops=[(minus, 0)], AndNot=None, AndMaybe=None, Require=None)
