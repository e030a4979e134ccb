"""Words for the same thing stand for each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.query import Synonyms, parse, widened

SYNONYMS = Synonyms.of(
    [["battlecard", "kill sheet"], ["TCO", "total cost of ownership"], ["営業", "セールス"]]
)


def tree(text: str) -> str:
    return str(widened(parse(text), SYNONYMS).tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("battlecard", '(words:battlecard OR words:"kill sheet")'),
        ("Battlecards", '(words:Battlecards OR words:"kill sheet")'),
        ("kill sheet", "((words:kill AND words:sheet) OR words:battlecard)"),
        (
            "acme kill sheets",
            "(words:acme AND ((words:kill AND words:sheets) OR words:battlecard))",
        ),
        (
            "the total cost of ownership",
            "((words:total AND words:cost AND words:ownership) OR words:TCO)",
        ),
        ("営業", "(words:営業 OR words:セールス)"),
    ],
)
def test_a_word_brings_the_others_of_its_group(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text", ['"kill sheet"', "battlec*", "acme -battlecard", "title:battlecard", "sheet kill"]
)
def test_what_is_said_exactly_or_excluded_stays_as_it_is(text):
    assert tree(text) == str(parse(text).tree)


def test_the_words_that_were_put_in_are_told():
    assert widened(parse("acme tco"), SYNONYMS).synonyms == ("total cost of ownership",)


def test_a_query_takes_a_limited_number_of_synonyms():
    many = Synonyms.of([[f"w{n}" for n in range(100)]])
    assert len(widened(parse("w1 w2 w3"), many).synonyms) == 16


@given(st.text(max_size=60), st.lists(st.lists(st.text(max_size=9), max_size=4), max_size=4))
def test_any_text_takes_any_synonyms(text, groups):
    query = parse(text)
    found = widened(query, Synonyms.of(groups))
    assert found.words == query.words and found.statuses == query.statuses
