"""Words that stand for each other, kept by admins."""

import pytest

from app.db import transaction
from app.errors import Conflict, Forbidden, Invalid
from app.inputs.listing import Search
from app.inputs.search import SynonymWords
from app.queries import search
from app.queries import synonyms as questions
from app.services import synonyms
from tests.factories import an_asset, settle


@pytest.fixture
def keep(ada):
    """Makes a group."""

    def add(*words):
        with transaction():
            return synonyms.add(ada, SynonymWords(words=list(words)))

    return add


def titles(actor, q):
    """What a search finds, and which synonyms it took."""
    found = search.search(actor, Search(q=q))
    return [hit.asset.title for hit in found.hits], list(found.synonyms)


def test_whoever_searches_one_word_finds_the_others(max, rae, keep):
    an_asset(max, "Acme", text="Our sea cow.")
    settle()
    assert titles(rae, "walruses") == ([], [])
    keep("walrus", "sea cow")
    assert titles(rae, "walruses") == (["Acme"], ["sea cow"])


def test_what_a_synonym_found_is_marked(max, rae, keep):
    an_asset(max, "Acme", text="Our sea cow.")
    settle()
    keep("walrus", "sea cow")
    [hit] = search.search(rae, Search(q="walrus")).hits
    assert "<mark>sea</mark> <mark>cow</mark>" in hit.snippet


def test_changed_and_removed_groups_hold_at_once(ada, max, rae, keep):
    an_asset(max, "Acme", text="Our sea cow.")
    settle()
    group = keep("walrus", "narwhal")
    with transaction():
        synonyms.change(ada, questions.group(group.id), SynonymWords(words=["walrus", "cow"]))
    assert titles(rae, "walrus")[0] == ["Acme"]
    with transaction():
        synonyms.remove(ada, questions.group(group.id))
    assert titles(rae, "walrus") == ([], [])


def test_a_word_is_in_one_group_only(keep):
    keep("battlecard", "kill sheet")
    with pytest.raises(Conflict, match="kill sheet"):
        keep("Kill Sheets", "card")
    assert [group.texts for group in questions.groups()] == [["battlecard", "kill sheet"]]


def test_the_word_that_was_typed_weighs_more_than_one_that_stands_for_it(max, rae, keep):
    an_asset(max, "Other", text="Our narwhal.")
    an_asset(max, "Typed", text="Our walrus.")
    settle()
    keep("walrus", "narwhal")
    assert titles(rae, "walrus")[0] == ["Typed", "Other"]
    assert titles(rae, "narwhal")[0] == ["Other", "Typed"]


@pytest.mark.parametrize(
    "words", [["deal", "Deals"], ["…", "deal"], ["the", "deal"], ["kind:deck", "deal"], ["deal"]]
)
def test_a_group_needs_two_different_words(keep, words):
    with pytest.raises(Invalid):
        keep(*words)


def test_only_admins_keep_them(max):
    with pytest.raises(Forbidden), transaction():
        synonyms.add(max, SynonymWords(words=["a", "b"]))
