"""Keeping synonyms: words for the same thing stand for each other in every search."""

from collections.abc import Mapping, Sequence

from app.clock import now
from app.db import one_at_a_time, session
from app.errors import Conflict, Invalid
from app.inputs.search import SynonymWords
from app.models.person import User
from app.models.synonym import Synonym, SynonymGroup
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import synonyms as questions
from app.services import audit
from app.text.query import words_of
from app.text.words import STOP_WORDS, fold

SYNONYMS_LOCK = 7312


def add(actor: User, new: SynonymWords) -> SynonymGroup:
    """Make a group; raises Conflict where a word is in another one."""
    require(actor, Permission.MANAGE_SEARCH)
    group = SynonymGroup(rows=[])
    _fill(group, new)
    audit.record(actor, "synonyms.added", group, {"words": group.texts})
    return group


def change(actor: User, group: SynonymGroup, new: SynonymWords) -> SynonymGroup:
    """Replace a group's words; raises Conflict where a word is in another one."""
    require(actor, Permission.MANAGE_SEARCH)
    before = group.texts
    _fill(group, new)
    audit.record(actor, "synonyms.changed", group, {"words": group.texts, "before": before})
    return group


def remove(actor: User, group: SynonymGroup) -> None:
    """Let these words mean themselves again."""
    require(actor, Permission.MANAGE_SEARCH)
    audit.record(actor, "synonyms.removed", group, {"words": group.texts})
    session.delete(group)


def _fill(group: SynonymGroup, new: SynonymWords) -> None:
    one_at_a_time(SYNONYMS_LOCK)
    texts = _by_key(new.words)
    for taken in questions.holding(list(texts)):
        if taken.group_id != group.id:
            raise Conflict(f"“{taken.text}” is in another group. Change that one.")
    group.rows.clear()
    group.changed_at = now()
    session.add(group)
    # What goes must be gone before it comes again, in another place.
    session.flush()
    group.rows = [Synonym(folded=key, text=text) for key, text in texts.items()]
    session.flush()


def _by_key(words: Sequence[str]) -> Mapping[str, str]:
    """The texts by what they are compared by, each once; raises Invalid where they are too few."""
    plain = [text.strip("\"'“”„ ") for text in words]
    for text in plain:
        if ":" in text or text.startswith("-") or set(fold(text).split()) <= STOP_WORDS:
            raise Invalid({"words": [f"“{text}” cannot be searched for as a word. Leave it out."]})
    texts = {" ".join(words_of(text)): text for text in reversed(plain)}
    texts.pop("", None)
    if len(texts) < 2:
        raise Invalid({"words": ["Give at least two different words, with commas between them."]})
    return dict(reversed(texts.items()))
