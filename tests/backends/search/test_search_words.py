"""What every engine tells of its words: beginnings, likely spellings, what is known at all."""

import pytest

from app.backends.search.base import Change, EngineUnavailable
from app.text.query import parse


@pytest.fixture
def put(engine):
    """Puts assets into the index."""

    def apply(*documents, position=1):
        engine.apply([Change(d.asset_id, d) for d in documents], position)

    return apply


def test_a_beginning_is_completed_by_the_words_of_most_assets_first(put, engine, asset):
    put(asset(1, "Pricing", "price"), asset(2, "", "Pricing"), asset(3, "Prize, prices, Été"))
    assert engine.completions("Pri", 9) == ["pricing", "price", "prices", "prize"]
    assert engine.completions("pri", 1) == ["pricing"]
    assert engine.completions("ét", 9) == ["ete"]


def test_a_word_counts_once_for_each_asset_not_for_each_page(put, engine, asset):
    put(asset(1, "", "alpine", "alpine", "alpine"), asset(2, "", "alpha"), asset(3, "", "alpha"))
    assert engine.completions("alp", 9) == ["alpha", "alpine"]


@pytest.mark.parametrize("beginning", ["", " ", "*", "zz", "alpha be", "日"])
def test_what_is_not_the_beginning_of_one_word_has_no_completions(beginning, put, engine, asset):
    put(asset(1, "alpha beta", "日本語"))
    assert engine.completions(beginning, 9) == []


def test_an_unknown_word_is_spelled_as_the_likeliest(put, engine, asset):
    put(asset(1, "", "battlecard"), asset(2, "", "battlecart"), asset(3, "", "battlecart"))
    assert engine.spelled("Battelcard") == "battlecard"
    assert engine.spelled("battlecarx") == "battlecart"


def test_among_equal_slips_the_frequent_word_is_meant(put, engine, asset):
    put(asset(1, "", "loner"), *[asset(number, "", "lover") for number in (2, 3)])
    assert engine.spelled("loxer") == "lover"


def test_a_doubled_letter_is_missed_more_often_than_another(put, engine, asset):
    put(asset(1, "", "logger longer"), asset(2, "", "logger"), asset(3, "", "longer"),
        asset(4, "", "longer"))  # fmt: skip
    assert engine.spelled("loger") == "logger"


def test_a_word_of_two_slips_is_meant_where_it_is_far_more_frequent(put, engine, asset):
    often = [asset(number, "", "enterprise") for number in range(2, 20)]
    put(asset(1, "", "enterpxise"), *often[:15])
    assert engine.spelled("enterpxxse") == "enterpxise"
    put(*often, position=2)
    assert engine.spelled("enterpxxse") == "enterprise"


@pytest.mark.parametrize("word", ["pricing", "Prices", "priced", "PRICE"])
def test_a_word_known_in_any_inflection_needs_no_spelling(word, put, engine, asset):
    put(asset(1, "", "pricing"))
    assert engine.knows(word)
    assert engine.spelled(word) is None


@pytest.mark.parametrize("word", ["", "🦊", "zzzz", "prciing team", "日本", "tem"])
def test_what_resembles_nothing_has_no_spelling(word, put, engine, asset):
    put(asset(1, "team", "pricing"))
    assert engine.spelled(word) is None
    assert not engine.knows(word)


def test_every_part_of_a_word_must_be_known(put, engine, asset):
    put(asset(1, "", "follow the 日本語"))
    assert not engine.knows("follow-up")
    put(asset(2, "", "up"), position=2)
    assert engine.knows("follow-up")
    assert engine.knows("日本語")


def test_words_of_hidden_and_removed_assets_never_come_out(put, engine, asset):
    put(asset(1, "zephyr", public=False), asset(2, "zephyr", tag=("zephyrs",)))
    assert engine.completions("zep", 9) == ["zephyr", "zephyrs"]
    put(asset(2, "breeze"), position=2)
    assert engine.completions("zep", 9) == []
    assert engine.spelled("zephxr") is None
    assert not engine.knows("zephyr")


def test_owners_are_no_words(put, engine, asset):
    put(asset(1, "deck", owner=("zelda@example.com", "Zelda Rep")))
    assert engine.completions("zel", 9) == []
    assert not engine.knows("zelda")


def test_without_an_index_words_are_unavailable(opened):
    engine = opened()
    for ask in (engine.knows, engine.spelled, lambda word: engine.completions(word, 5)):
        with pytest.raises(EngineUnavailable):
            ask("alpha")


def test_a_snippet_goes_by_the_tree_and_not_by_the_text(put, engine, asset):
    put(asset(1, "", "alpha beta"))
    asked = parse("alpha")
    assert engine.snippet(asked, "alpha beta") == "<mark>alpha</mark> beta"
    rewritten = type(asked)(text="alpha", tree=parse("beta").tree)
    assert engine.snippet(rewritten, "alpha beta") == "alpha <mark>beta</mark>"
