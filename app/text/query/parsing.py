"""From the text that a person typed to a query that every engine understands; never an error."""

import logging
import re
from dataclasses import dataclass, field
from datetime import date

from whoosh import query as whoosh_query

from app.text.query.language import WORDS, make_parser
from app.text.query.lifting import Lifted, lift, wanted_words
from app.text.query.notices import sentences
from app.text.words import asian_runs

MAX_CHARACTERS = 512
MAX_TERMS = 32
MAX_DEPTH = 8

_PARSER = make_parser()
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_TERM = re.compile(r'[^\s()"]+')
_BARE_WORD = re.compile(r"[^\s\"()*]*\w[^\s\"()*]*")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    `tree` holds words (field "words"), phrases, prefixes, facet terms with compared values
    (see `words.facet_key`) and exclusions; `status:` and `updated:` are lifted out of it.
    No `statuses` means the default scope. `updated_from` is inclusive, `updated_before` is not.
    `words` are those looked for, as typed; `synonyms` are looked for as well. `notices` say which
    filters are none. `key` is the same only for the same tree.
    """

    text: str
    tree: whoosh_query.Query
    statuses: frozenset[str] = frozenset()
    updated_from: date | None = None
    updated_before: date | None = None
    words: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Made with the query, as it is asked for with every snippet."""
        object.__setattr__(self, "key", repr(self.tree))

    @property
    def says_nothing(self) -> bool:
        """Whether it does not narrow anything: no word, no facet, no status, no day."""
        has_days = self.updated_from is not None or self.updated_before is not None
        return self.is_empty and not self.statuses and not has_days

    @property
    def is_divisible(self) -> bool:
        """Whether a page may have some of what is looked for: of several words or a long run."""
        return len(self.words) > 1 or any(len(run) > 2 for w in self.words for run in asian_runs(w))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to match by words or facets."""
        return bool(self.tree == whoosh_query.NullQuery)


def parse(text: str) -> Query:
    """Parse what a person typed; what cannot be parsed is looked for as plain words."""
    asked = _bounded(text)
    lifted = _understood(asked)
    notices = sentences(lifted.unread)
    if lifted.is_nothing:
        lifted = _plain_words(asked)
    return Query(
        text=asked,
        tree=lifted.tree or whoosh_query.NullQuery,
        statuses=frozenset(lifted.statuses - lifted.unwanted_statuses),
        updated_from=lifted.updated.start,
        updated_before=lifted.updated.end,
        words=tuple(wanted_words(lifted.tree)),
        notices=notices,
    )


def _bounded(text: str) -> str:
    asked = text[:MAX_CHARACTERS].translate(_QUOTES)
    asked = _UNPRINTABLE.sub(" ", asked).strip()
    for count, term in enumerate(_TERM.finditer(asked), start=1):
        if count == MAX_TERMS:
            asked = asked[: term.end()]
            break
    return asked


def _understood(asked: str) -> Lifted:
    readable = asked if _is_shallow(asked) else re.sub(r"[()]", " ", asked)
    try:
        return lift(_PARSER.parse(readable, normalize=False))
    except Exception:  # Whoosh promises no set of errors; any text must be searchable.
        _log.info("a query could not be parsed and is searched as plain words", exc_info=True)
        return Lifted()


def _is_shallow(text: str) -> bool:
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return False
    return depth == 0 and deepest <= MAX_DEPTH


def _plain_words(asked: str) -> Lifted:
    terms = [whoosh_query.Term(WORDS, word) for word in _BARE_WORD.findall(asked)]
    return lift(whoosh_query.And(terms))
