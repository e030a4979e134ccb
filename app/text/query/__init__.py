"""The search language: what a person types becomes a tree of words, phrases and facets."""

from app.text.query.language import FIELDS, Helpful, Together
from app.text.query.lifting import helpful_leaves, leaf_text, wanted_leaves
from app.text.query.parsing import Query, parse
from app.text.query.synonyms import Synonyms, widened, words_of

__all__ = [
    "FIELDS",
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
