"""The search language: what a person types becomes a tree of words, phrases and facets."""

from app.text.query.language import FACETS, FIELDS, Alike, AlikePhrase, Helpful, Together
from app.text.query.lifting import helpful_leaves, leaf_text, wanted_leaves
from app.text.query.parsing import Query, parse
from app.text.query.synonyms import Synonyms, widened, words_of

__all__ = [
    "FACETS",
    "FIELDS",
    "Alike",
    "AlikePhrase",
    "Helpful",
    "Query",
    "Synonyms",
    "Together",
    "helpful_leaves",
    "leaf_text",
    "parse",
    "wanted_leaves",
    "widened",
    "words_of",
]
