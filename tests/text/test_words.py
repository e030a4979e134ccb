"""Words as they are compared, and slips of the pen."""

import pytest

from app.text.spelling import Candidates, forgiven, is_within
from app.text.words import facet_key, fold, for_index, for_query


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Crème BRÛLÉE", "creme brulee"), ("Straße", "strasse"), ("Łódź", "lodz"), ("が", "が")],
)
def test_case_and_accents_are_folded(text, expected):
    assert fold(text) == expected


def test_asian_runs_become_pairs():
    assert for_query("日本語").split() == ["日本", "本語"]


def test_single_asian_characters_are_indexed_too():
    assert {"日", "本", "語"} <= set(for_index("日本語").split())


def test_a_possessive_is_its_word():
    assert for_query("Acme's plan") == "acme plan"


def test_kinds_are_compared_with_underscores_and_other_facets_with_spaces():
    assert facet_key("kind", "One  pager") == "one_pager"
    assert facet_key("region", "North  America") == "north america"


@pytest.mark.parametrize(
    ("word", "other", "distance"),
    [
        ("pricing", "prcing", 1),
        ("pricing", "prciing", 1),
        ("battlecard", "batlecrad", 2),
        ("same", "same", 0),
        ("ab", "ba", 1),
    ],
)
def test_slips_are_counted(word, other, distance):
    assert is_within(word, other, distance)
    assert not distance or not is_within(word, other, distance - 1)


def test_longer_words_are_forgiven_more_and_words_with_digits_nothing():
    assert [forgiven(word) for word in ("abc", "abcd", "abcdefg", "abcdefgh", "abc4")] == [
        0, 1, 1, 2, 0,
    ]  # fmt: skip


def test_the_likeliest_words_come_first():
    known = [("price", 1), ("prize", 9), ("pride", 3), ("slice", 9), ("prices", 2)]
    assert Candidates(known).likeliest("prixe", 3) == ["prize", "pride", "price"]
