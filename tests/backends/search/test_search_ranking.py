"""Which of what matches comes first, in every engine."""

from statistics import mean

import pytest

from app.backends.search.base import Change
from app.text.query import parse
from app.text.ranking import ENOUGH
from benchmarks.judged import ndcg
from tests.backends.search.japanese import DOCUMENTS, QUESTIONS
from tests.matches import pages_by_asset


@pytest.fixture
def put(engine):
    """Puts assets into the index, beside some that say other things."""

    def apply(asset, *documents):
        filler = [asset(n, f"filler {n}", f"filler words number {n}") for n in range(100, 120)]
        engine.apply([Change(each.asset_id, each) for each in [*documents, *filler]], 1)

    return apply


@pytest.fixture
def ranking(engine):
    """Assets in the order of their best pages, by all words, else by some of them."""

    def search(text: str) -> list[int]:
        query = parse(text)
        found = engine.search(query, match_all=True, best=99)
        if query.is_divisible and found.assets.bit_count() < ENOUGH:
            found = engine.search(query, match_all=False, best=99)
        return list(dict.fromkeys(hit.asset_id for hit in found.best))

    return search


def test_a_title_says_more_than_a_text_to_one_word(put, ranking, asset):
    put(asset, asset(1, "", "all about acme products"), asset(2, "Acme battlecard", "products"))
    assert ranking("acme") == [2, 1]


def test_to_a_long_question_the_text_that_answers_it_says_more_than_a_title(put, ranking, asset):
    answer = "the contract renewal needs approval by the regional manager within thirty days"
    put(asset, asset(1, "Approval manager", "an empty page"), asset(2, "Handbook", answer))
    assert ranking("does contract renewal need approval by the manager in thirty days")[0] == 2


def test_words_side_by_side_say_more_than_words_apart(put, ranking, asset):
    put(
        asset,
        asset(1, "", "trial of a product is free"),
        asset(2, "", "is a free trial of product"),
    )
    assert ranking("free trial") == [2, 1]


def test_a_question_finds_the_page_that_has_its_words_but_not_its_grammar(put, engine, asset):
    put(asset, asset(1, "", "reset the password in the settings"))
    found = engine.search(parse("How do I reset my password?"), match_all=True, best=9)
    assert pages_by_asset(found) == {1: 1}


def test_the_words_of_a_question_better_the_rank_of_a_page_that_has_them(put, ranking, asset):
    put(asset, asset(1, "", "password reset now"), asset(2, "", "password reset how"))
    assert ranking("how password reset") == [2, 1]


def test_half_of_what_is_written_together_is_enough_where_not_all_need_be_there(
    put, ranking, asset
):
    put(asset, asset(1, "", "売買契約の条件"), asset(2, "", "follow the leader"))
    assert ranking("売買契約書") == [1]
    assert ranking("follow-up meeting") == [2]


def test_japanese_questions_are_answered(put, ranking, asset):
    numbers = {name: number for number, name in enumerate(DOCUMENTS, start=1)}
    put(asset, *(asset(numbers[name], *texts) for name, texts in DOCUMENTS.items()))
    worth = {
        q: ndcg([str(n) for n in ranking(q)], {str(numbers[d]): 1}) for q, d in QUESTIONS.items()
    }
    assert mean(worth.values()) > 0.95, worth


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Angebot für Großkunden", "Unsere Angebote fuer Grosskunden: ein Angebot für Großkunden"),
        ("présentation des références clients", "La presentation donne les references des clients"),
        ("política de precios", "Las políticas de precio de la empresa"),
        ("condições de licença", "A licença e as suas condições"),
    ],
)
def test_other_european_languages_are_found_by_their_words(question, text, put, ranking, asset):
    put(asset, asset(1, "", text), asset(2, "", "something else"))
    assert ranking(question) == [1]
