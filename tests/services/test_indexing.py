"""The index made anew beside the living one: how far it is, and that nothing is late or lost."""

import pytest

from app.backends.search import registry as searching
from app.backends.search.base import CannotWrite, Change, Why
from app.config import ROOT
from app.db import session, transaction
from app.errors import Conflict, Forbidden
from app.models import Asset, AuditLine
from app.queries import search_index
from app.services import indexing
from app.text.query import parse
from tests.factories import an_asset, elsewhere, index_all
from tests.matches import pages_by_asset


@pytest.fixture
def decks(max):
    """Three decks, all in the index."""
    made = [an_asset(max, f"Deck {number}").id for number in range(3)]
    index_all()
    return made


@pytest.fixture
def other(app):
    """The same index, as another process sees it."""
    engine = searching.open_engine(f"tantivy:{searching.engine()._folder.root}")
    yield engine
    engine.close()


class Undone(Exception):
    """Whatever can go wrong."""


def rebuilt(told=lambda progress: None) -> None:
    """Make the index anew in another process; `told` is called after each asset."""
    elsewhere(lambda: indexing.rebuild(searching.engine(), Why.ASKED, told))


def test_only_one_module_numbers_changes():
    sources = [one for one in (ROOT / "app").rglob("*.py") if "IndexChange(" in one.read_text()]
    assert sorted(one.name for one in sources) == ["index_change.py", "indexing.py"]


def test_everybody_sees_how_far_a_rebuild_is(decks, other):
    seen = []
    rebuilt(lambda _: seen.append(other.progress()))
    assert (seen[0].done, seen[-1].done, seen[0].total) == (0, 3, 3)
    assert (seen[0].why, seen[0].began.tzinfo is not None) == (Why.ASKED, True)
    assert other.progress() is None


def test_what_changes_during_a_rebuild_is_there_when_it_takes_over(decks, other, max):
    def change_one(progress):
        if progress.done == 2:
            assert other.position() == indexing.newest_change()
            elsewhere(lambda: an_asset(person(), "A late one"))

    def person():
        return session.merge(max, load=False)

    rebuilt(change_one)
    assert len(searching.engine().asset_ids()) == 4
    assert searching.engine().position() == indexing.newest_change()


def test_a_rebuild_that_fails_says_nothing_more_and_leaves_the_index(decks, other):
    def fail(progress):
        assert other.progress() == progress
        raise Undone

    with pytest.raises(Undone):
        rebuilt(fail)
    assert other.progress() is None
    assert other.asset_ids() == frozenset(decks)


def test_an_admin_asks_for_a_rebuild_and_it_is_written_down(decks, ada):
    with transaction():
        indexing.ask_for_rebuild(ada)
    assert search_index.state(ada).is_rebuild_wanted
    line = session.query(AuditLine).filter_by(action="index.rebuild_asked").one()
    assert (line.actor_id, line.subject_type) == (ada.id, "search_index")
    index_all()
    assert not search_index.state(ada).is_rebuild_wanted


def test_a_rebuild_that_is_asked_for_or_runs_is_not_asked_for_again(decks, ada):
    with transaction():
        indexing.ask_for_rebuild(ada)
    with pytest.raises(Conflict, match="already asked for"), transaction():
        indexing.ask_for_rebuild(ada)

    def ask(progress):
        with pytest.raises(Conflict, match="already running since"):
            indexing.ask_for_rebuild(ada)

    indexing.rebuild(searching.engine(), told=ask)


@pytest.mark.parametrize("name", ["max", "mia", "rae"])
def test_nobody_else_looks_after_the_index(name, person):
    with pytest.raises(Forbidden):
        search_index.state(person(name))
    with pytest.raises(Forbidden), transaction():
        indexing.ask_for_rebuild(person(name))
    assert not searching.engine().is_rebuild_wanted()


def test_where_no_word_can_be_left_the_admin_is_told(decks, ada):
    root = searching.engine()._folder.root
    root.rename(root.with_name("elsewhere"))
    root.write_text("no folder")
    with pytest.raises(Conflict, match="disk"), transaction():
        indexing.ask_for_rebuild(ada)
    root.unlink()


def test_the_state_of_the_index_is_told_in_figures(decks, ada, max):
    said = search_index.state(ada)
    assert (said.assets, said.waiting, said.problem) == (3, 0, "")
    assert said.position == said.newest and said.format.startswith("tantivy")
    assert said.size > 1000 and said.progress is None
    an_asset(max, "A new one")
    assert search_index.state(ada).waiting == 1


def test_without_an_index_its_state_says_what_is_wrong(decks, ada):
    root = searching.engine()._folder.root
    (root / "CURRENT").unlink()
    searching.engine().close()
    said = search_index.state(ada)
    assert (said.position, said.assets, said.waiting) == (None, None, 3)
    assert said.problem == "There is no index yet."


def test_a_full_disk_is_found_out_before_anything_is_read(decks, other):
    searching.engine().close()
    (searching.engine()._folder.root / "PROBE").mkdir()
    with pytest.raises(CannotWrite):
        rebuilt(lambda _: pytest.fail("it began"))
    assert other.asset_ids() == frozenset(decks)
    searching.engine().apply([Change(decks[0], None)], 1000)


def test_compaction_leaves_what_a_follower_that_was_off_has_to_know(decks, max):
    for title in ("Once", "Twice", "Thrice"):
        with transaction():
            for asset in session.query(Asset):
                asset.title = f"{title} {asset.id}"
                indexing.changed(asset)
    with transaction():
        assert indexing.compact() == 9
    index_all()
    asked = parse("title:thrice")
    assert pages_by_asset(searching.engine().search(asked, match_all=True, best=5)).keys() == {
        *decks
    }
    assert searching.engine().position() == indexing.newest_change()
