"""A follower is killed between the two commits of a batch: after the restart nothing shows it."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from app import db
from app.backends.search import registry as searching
from app.config import ROOT
from app.db import session
from app.models.version import Page, Version
from app.text.query import parse
from tests.factories import (
    a_deck,
    a_file,
    a_retired_asset,
    a_version,
    an_asset,
    elsewhere,
    index_all,
    read_all,
    settle,
)
from tests.matches import pages_by_asset

# A follower that kills itself in its first batch, at a commit of Tantivy's or after it.
DYING = """
import os, signal, sys
from dataclasses import replace
from app import db
from app.backends.search import registry
from app.backends.search.tantivy import indexes
from app.worker import follow

url, address, index, moment = sys.argv[1:]
opened = indexes.open_both


class Passing:
    def __init__(self, real):
        self.real = real

    def __getattr__(self, name):
        return getattr(self.real, name)


class Dying(Passing):
    def writer(self, *asked):
        return DyingWriter(self.real.writer(*asked))


class DyingWriter(Passing):
    def commit(self):
        if moment == "after":
            self.real.commit()
        os.kill(os.getpid(), signal.SIGKILL)


def open_dying(folder):
    return replace(opened(folder), **{index: Dying(getattr(opened(folder), index))})


indexes.open_both = open_dying
signal.alarm(60)
db.connect(url)
registry.use(registry.open_engine(address))
follow.step(registry.engine())
"""
BEFORE_BOTH, BETWEEN, AFTER_BOTH = ("pages", "before"), ("covers", "before"), ("covers", "after")
WORDS = ("walrus", "narwhal", "beluga", "orca")


@pytest.fixture
def changed(app, max):
    """Pieces in the index that have changed since: one replaced, one retired, one added."""
    deck = an_asset(max, "Deck", file=a_file(a_deck("One: walrus", "Two: walrus"), "deck.pptx"))
    an_asset(max, "Same", text="walrus narwhal")
    settle()
    searching.engine().close()
    a_version(max, deck, file=a_file(a_deck("One: narwhal", "Two: beluga walrus"), "new.pptx"))
    a_retired_asset(max, "Old", text="walrus orca")
    an_asset(max, "New", text="beluga walrus")
    read_all()


def follow_and_die(tmp_path, index, moment):
    """Let a follower work until it is killed there."""
    url = db.engine().url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", DYING, url, f"tantivy:{tmp_path}/index", index, moment]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == -signal.SIGKILL


def in_index(word):
    """The pages that have a word, each as often as it is found."""
    matches = searching.engine().search(parse(word), match_all=True, best=100)
    found = sorted((hit.asset_id, hit.page) for hit in matches.best)
    assert sum(pages_by_asset(matches).values()) == len(found)
    return found


def in_database(word):
    """The same of current versions."""
    pages = select(Version.asset_id, Page.number).join(Page, Page.version_id == Version.id)
    had = pages.where(Version.is_current, Page.text.contains(word))
    return sorted(tuple(row) for row in session.execute(had))


def checked(app):
    """What `flask index check` says."""
    held = []
    elsewhere(lambda: held.append(app.test_cli_runner().invoke(args=["index", "check"])))
    return held[0].output, held[0].exit_code


@pytest.mark.parametrize(("index", "moment"), [BEFORE_BOTH, BETWEEN, AFTER_BOTH])
def test_what_a_killed_follower_left_is_brought_up_to_date(app, changed, tmp_path, index, moment):
    follow_and_die(tmp_path, index, moment)
    index_all()
    assert checked(app) == ("4 assets in the index, 4 in the database, 0 behind.\n", 0)
    assert {word: in_index(word) for word in WORDS} == {word: in_database(word) for word in WORDS}


def test_between_the_commits_the_index_claims_nothing_new(app, changed, tmp_path):
    before = searching.engine().position()
    follow_and_die(tmp_path, *BETWEEN)
    searching.engine().close()
    assert searching.engine().search(parse("beluga"), match_all=True, best=5).assets == 0
    assert searching.engine().position() == before
    assert len(searching.engine().asset_ids()) == 2
