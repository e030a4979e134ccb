"""Searches that people keep, and what they are told of them."""

import pytest
from sqlalchemy import select, update

from app.backends.search import registry
from app.db import session, transaction
from app.errors import Conflict, Invalid
from app.inputs.asset import AssetChange, Retirement
from app.inputs.search import SynonymWords
from app.models import Notice, SavedSearch
from app.queries import assets, saved_searches
from app.services import assets as verbs
from app.services import indexing, retirement, synonyms
from app.services import saved_searches as keeping
from app.worker.asking_again import ask_again
from tests.factories import (
    a_draft,
    a_saved_search,
    a_version,
    an_asset,
    elsewhere,
    index_all,
    settle,
)


def told(person) -> list[tuple[str, str]]:
    """The notices of a person, the first first."""
    session.rollback()
    rows = session.scalars(select(Notice).filter_by(person_id=person.id).order_by(Notice.id))
    return [(row.title, row.body) for row in rows]


def ask() -> None:
    """What the worker does, once all is indexed and everybody was told long ago."""
    settle()
    with transaction():
        session.execute(update(SavedSearch).values(told_at=None))
    elsewhere(ask_again)


def test_of_what_matches_later_its_owner_is_told_once(max, rae):
    an_asset(max, "Old", text="The walrus plan.")
    settle()
    a_saved_search(rae, "walrus")
    ask()
    an_asset(max, "New", text="Another walrus.")
    ask()
    ask()
    assert told(rae) == [("1 new piece matches “walrus”", "New")]


def test_what_is_published_right_after_saving_is_new(max, rae):
    an_asset(max, "Old", text="The walrus plan.")
    settle()
    a_saved_search(rae, "walrus")
    an_asset(max, "New", text="Another walrus.")
    ask()
    assert told(rae) == [("1 new piece matches “walrus”", "New")]


def test_what_matches_by_a_new_role_or_synonym_is_not_new(max, rae, ada):
    an_asset(max, "Old", text="The narwhal plan.")
    settle()
    a_saved_search(rae, "walrus")
    ask()
    with transaction():
        synonyms.add(ada, SynonymWords(words=["walrus", "narwhal"]))
    an_asset(max, "Other", text="Nothing of it.")
    ask()
    assert told(rae) == []


def test_a_new_version_can_make_a_piece_match(max, rae):
    asset = an_asset(max, "Plan", text="The narwhal plan.")
    a_saved_search(rae, "walrus")
    ask()
    a_version(max, asset, "The walrus plan.")
    ask()
    assert told(rae) == [("1 new piece matches “walrus”", "Plan")]


def test_what_comes_back_is_told_again(max, rae):
    asset = an_asset(max, "Plan", text="The walrus plan.")
    settle()
    a_saved_search(rae, "walrus")
    ask()
    for again in (lambda: retirement.retire(max, assets.get(max, asset.id), Retirement(reason="x")),
                  lambda: retirement.restore(max, assets.get(max, asset.id))):  # fmt: skip
        with transaction():
            again()
        ask()
    assert len(told(rae)) == 1


def test_filters_alone_can_be_kept(max, rae):
    asset = an_asset(max, "Plan")
    a_saved_search(rae, "", name="Acme", competitor=["Acme"])
    ask()
    with transaction():
        verbs.change(max, assets.get(max, asset.id), AssetChange(competitors=["ACME"]))
    ask()
    assert told(rae) == [("1 new piece matches “Acme”", "Plan")]


def test_nobody_is_told_of_what_they_may_not_see(max, rae):
    a_saved_search(rae, "walrus", status=["draft", "published"])
    ask()
    a_draft(max, "Secret", text="The walrus plan.")
    ask()
    assert told(rae) == []


def test_more_within_the_hour_is_told_at_once_later(max, rae):
    a_saved_search(rae, "walrus")
    ask()
    for title in ("One", "Two", "Three"):
        an_asset(max, title, text="Another walrus.")
        settle()
        elsewhere(ask_again)
    assert [title for title, _ in told(rae)] == ["1 new piece matches “walrus”"]
    ask()
    assert told(rae)[1] == ("2 new pieces match “walrus”", "Three\nTwo")


def test_those_that_wait_longest_are_asked_first(max, rae):
    early, late = a_saved_search(rae, "walrus"), a_saved_search(rae, "orca")
    with transaction():
        session.execute(update(SavedSearch).where(SavedSearch.id == early.id).values(position=5))
    assert [one.id for one in saved_searches.behind(9, 1)] == [late.id]


def test_who_wants_no_notices_gets_none(max, rae):
    a_saved_search(rae, "walrus", notify=False)
    ask()
    an_asset(max, "New", text="Another walrus.")
    ask()
    assert told(rae) == []


def test_as_long_as_the_index_is_behind_nothing_is_asked(max, rae):
    saved = a_saved_search(rae, "walrus")
    before = saved.position
    settle()
    an_asset(max, "New", text="Another walrus.")
    elsewhere(ask_again)
    session.expire_all()
    assert saved_searches.get(rae, saved.id).position == before
    registry.engine().close()
    index_all()


def test_the_same_search_is_kept_once_and_a_name_is_taken_once(rae):
    saved = a_saved_search(rae, "walrus", name="Mine")
    assert a_saved_search(rae, "walrus", name="Mine").id == saved.id
    with pytest.raises(Conflict, match="Mine"):
        a_saved_search(rae, "narwhal", name="Mine")


def test_nothing_at_all_cannot_be_kept(rae):
    with pytest.raises(Invalid):
        a_saved_search(rae, "", name="All")


def test_what_two_machines_find_is_told_once(max, rae):
    saved, asset = a_saved_search(rae, "walrus"), an_asset(max, "New")
    newest = indexing.newest_change()
    for position in (newest, newest, newest - 1):
        with transaction():
            keeping.found(saved.id, {asset.id: newest}, position)
    assert saved_searches.known(saved) == {asset.id}
    assert told(rae) == [("1 new piece matches “walrus”", "New")]


def test_one_that_cannot_be_asked_any_more_stops_no_other(max, rae):
    broken, fine = a_saved_search(rae, "orca", name="A"), a_saved_search(rae, "walrus")
    with transaction():
        gone = {"kind": ["no-such-kind"]}
        session.execute(update(SavedSearch).filter_by(id=broken.id).values(filters=gone))
    an_asset(max, "New", text="Another walrus.")
    ask()
    assert told(rae) == [("1 new piece matches “walrus”", "New")] and fine.id != broken.id
