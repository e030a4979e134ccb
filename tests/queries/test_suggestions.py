"""Suggestions: what may be meant, within what the asker may see."""

from app.queries import search_log, suggestions
from app.queries.search import matching
from tests.factories import (
    a_click,
    a_deck,
    a_draft,
    a_file,
    a_search,
    an_asset,
    days_ago,
    judge_all,
    settle,
)


def suggested(actor, text="") -> list[tuple[str, str]]:
    """Kinds and texts, in order."""
    return [(one.kind.value, one.text) for one in suggestions.suggest(actor, text)]


def test_assets_by_their_titles_and_pages_by_theirs(max, rae):
    an_asset(max, "Walrus deck", text="Plain words.")
    an_asset(max, "Plan", file=a_file(a_deck("Welcome: hello", "Walrus prices: ninety"), "a.pptx"))
    settle()
    found = suggestions.suggest(rae, "wal")
    assert ("asset", "Walrus deck") in [(one.kind, one.text) for one in found]
    [page] = [one for one in found if one.kind == "page"]
    assert (page.text, page.asset.title, page.page) == ("Walrus prices", "Plan", 2)


def test_what_the_asker_may_not_see_hides_nothing(max, rae, monkeypatch):
    monkeypatch.setattr(matching, "RERANKED", 2)
    for number in range(6):
        a_draft(max, f"Walrus walrus {number}")
    an_asset(max, "Plan", text="One walrus in a very long text of many other words.")
    settle()
    assert suggestions.suggest(rae, "wal")[0].asset.title == "Plan"


def test_nothing_typed_yet_brings_the_own_last_searches(rae, rob):
    a_search(rae, "walrus", at=days_ago(2))
    a_search(rae, "narwhal", at=days_ago(1))
    a_search(rae, "Walrus")
    a_search(rob, "orca")
    assert suggested(rae) == [("query", "Walrus"), ("query", "narwhal")]


def test_own_searches_that_led_somewhere_are_offered_again(max, rae, rob):
    asset = an_asset(max)
    a_click(rae, a_search(rae, "walrus plan", total=1), asset)
    a_search(rae, "walrus in vain", total=1)
    settle()
    assert suggested(rae, "walr") == [("query", "walrus plan")]
    assert suggested(rob, "walr") == []


def test_a_word_begun_is_completed_as_published_pieces_have_it(max, rae):
    an_asset(max, "Acme", text="The walrus plan, certified.")
    an_asset(max, "Other", text="Certified and with a certificate.")
    settle()
    found = suggested(rae, "plan cert")
    assert found[-2:] == [("query", "plan certified"), ("query", "plan certificate")]


def test_of_others_only_what_several_found_and_every_word_of_it_is_published(max, rae, rob, otto):
    asset = an_asset(max, "Acme", text="The walrus plan.")
    a_draft(max, "Secret narwhal")
    settle()
    for actor in (rae, max):
        for text in ("walrus plan", "walrus narwhal"):
            a_click(actor, a_search(actor, text, total=1), asset)
    judge_all()
    assert ("query", "walrus plan") in suggested(otto, "walrus")
    assert ("query", "walrus narwhal") not in suggested(otto, "walrus")


def test_a_beginning_with_signs_is_taken_as_it_is(max, rae):
    a_click(rae, a_search(rae, "100% plan", total=1), an_asset(max))
    assert list(search_log.that_succeeded(rae, "100%", 3)) == ["100% plan"]
    assert list(search_log.that_succeeded(rae, "100_", 3)) == []


def test_a_draft_is_suggested_to_nobody_else(max, rae):
    a_draft(max, "Walrus deck", text="walrus")
    settle()
    assert suggested(rae, "walr") == []
