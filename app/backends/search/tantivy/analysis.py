"""How Tantivy splits and stems words; queries go through the same analysis as documents."""

from functools import lru_cache

from tantivy import Filter, Index, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from app.backends.search.fields import LONGEST_WORD
from app.text.words import for_query

STEMMED = "stemmed"
PLAIN = "plain"


def _splitter() -> TextAnalyzerBuilder:
    # Texts come folded from app.text.words: accents and case are no concern here.
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD))


def _stemmer() -> TextAnalyzer:
    return _splitter().filter(Filter.stemmer("English")).build()


_STEMMER = _stemmer()
_SPLITTER = _splitter().build()


def register(index: Index) -> None:
    """Tell an index the analysers that its schema names."""
    index.register_tokenizer(STEMMED, _stemmer())
    index.register_tokenizer(PLAIN, _splitter().build())


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The terms under which a text is found, in their order."""
    return tuple(_STEMMER.analyze(for_query(text)))


@lru_cache(maxsize=1024)
def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, not stemmed."""
    return tuple(_SPLITTER.analyze(for_query(text)))
