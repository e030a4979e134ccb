"""The search language, by examples and against any text at all."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.query import FIELDS, parse


def tree(text: str) -> str:
    return str(parse(text).tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme pricing", "(words:acme AND words:pricing)"),
        ("acme -pricing", "(words:acme AND NOT words:pricing)"),
        ("acme (-old draft)", "(words:acme AND (NOT words:old AND words:draft))"),
        ("follow-up 2026-01-01 e-mail", "(words:follow-up AND words:2026-01-01 AND words:e-mail)"),
        ('"two words"', 'words:"two words"'),
        ("\u201ctwo words\u201d", 'words:"two words"'),
        ('-"two words"', 'NOT words:"two words"'),
        ("acme OR globex", "(words:acme OR words:globex)"),
        ("acme AND NOT globex", "(words:acme AND NOT words:globex)"),
        ("acme or globex", "(words:acme AND words:globex)"),
        ("(acme OR globex) deck", "((words:acme OR words:globex) AND words:deck)"),
        ("pric*", "words:pric*"),
        ("title:acme", "title:acme"),
        ('title:"big deal"', 'title:"big deal"'),
        ("competitor:ac*", "competitor:ac*"),
        ("owner:Rae@Example.com", "owner:rae@example.com"),
        ('competitor:"Crédit Lyonnais"', "competitor:credit lyonnais"),
        ("kind:(deck OR pricing)", "(kind:deck OR kind:pricing)"),
        ("-kind:deck", "NOT kind:deck"),
        ("kind: deck", "(words:kind: AND words:deck)"),
        ("AND", "words:AND"),
        ("unclosed ( acme", "(words:unclosed AND words:acme)"),
    ],
)
def test_a_query_is_understood(text, expected):
    assert tree(text) == expected


@pytest.mark.parametrize("value", ["one-pager", "one_pager", '"One pager"', "ONE-PAGER"])
def test_a_kind_may_be_written_as_people_write_it(value):
    assert tree(f"kind:{value}") == "kind:one_pager"


@pytest.mark.parametrize("text", ["foo:bar", "https://acme.com/a?b=1", "C:\\x", "10:30"])
def test_what_is_no_field_is_plain_words(text):
    assert "words:" in tree(text)
    assert parse(text).words


@pytest.mark.parametrize("text", ["kind:decks", "updated:>soon", "status:unheard", "kind:x acme"])
def test_a_filter_whose_value_is_none_is_told(text):
    [notice] = parse(text).notices
    assert notice.startswith(f"“{text.removesuffix(' acme')}” is no ")


@pytest.mark.parametrize("text", ["kind:deck", "kind:dec*", "-kind:decks", "status:retired", "a:b"])
def test_of_other_filters_nothing_is_told(text):
    assert parse(text).notices == ()


def test_a_kind_that_is_none_is_looked_for_as_a_word():
    assert tree("kind:decks acme") == "(words:decks AND words:acme)"


def test_two_values_of_one_facet_mean_either():
    assert tree("acme kind:deck kind:pricing") == "(words:acme AND (kind:deck OR kind:pricing))"


def test_grammar_words_are_left_out_beside_others():
    assert tree("the price of acme") == "(words:price AND words:acme)"


def test_grammar_words_alone_are_looked_for():
    assert tree("to be or not to be").count("words:") == 6


def test_grammar_words_stay_in_phrases():
    assert tree('"price of acme"') == 'words:"price of acme"'


def test_statuses_are_lifted_out_wherever_they_stand():
    query = parse('acme (status:retired OR status:"In review") status:unheard')
    assert query.statuses == {"retired", "in_review"}
    assert str(query.tree) == "words:acme"


def test_an_excluded_status_adds_nothing_to_the_scope():
    assert parse("-status:draft acme").statuses == frozenset()


@pytest.mark.parametrize(
    ("text", "start", "before"),
    [
        ("updated:2026-01-31", date(2026, 1, 31), date(2026, 2, 1)),
        ("updated:2026-02", date(2026, 2, 1), date(2026, 3, 1)),
        ("updated:2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("updated:>2026-01-01", date(2026, 1, 2), None),
        ("updated:>=2026-01-01", date(2026, 1, 1), None),
        ("updated:<2026-01-01", None, date(2026, 1, 1)),
        ("updated:<=2026-12", None, date(2027, 1, 1)),
        ("updated:[2026-01-01 to 2026-02-01]", date(2026, 1, 1), date(2026, 2, 2)),
        ("updated:[2026-01 TO 2026-02]", date(2026, 1, 1), date(2026, 3, 1)),
        ("updated:[ to 2026]", None, date(2027, 1, 1)),
        ("updated:>2026-01 updated:<2026-06", date(2026, 2, 1), date(2026, 6, 1)),
        ("updated:9999-12-31", None, None),
        ("updated:2026-13-45", None, None),
    ],
)
def test_dates_are_lifted_out(text, start, before):
    query = parse(text)
    assert (query.updated_from, query.updated_before) == (start, before)


def test_a_date_that_is_none_is_plain_words():
    assert tree("updated:yesterday") == "(words:updated AND words:yesterday)"


def test_a_scope_alone_matches_nothing_by_words():
    assert parse("status:retired updated:2026").is_empty


@pytest.mark.parametrize("text", ["", "   ", "()", '"', "***", "((((", "\x00", "\ud800", "- -"])
def test_a_text_without_words_is_empty(text):
    assert parse(text).is_empty


def test_the_words_looked_for_are_known_without_those_excluded():
    query = parse('acme, "price list" discou* -old kind:deck')
    assert query.words == ("acme", "price", "list", "discou")


def test_at_most_512_characters_and_32_terms_are_read():
    assert len(parse("x" * 2000).text) == 512
    assert len(parse("a1 " * 100).words) == 32


def test_parentheses_beyond_the_eighth_level_are_plain():
    assert tree("(" * 8 + "a1 OR b1" + ")" * 8) == "(words:a1 OR words:b1)"
    assert tree("(" * 9 + "a1 b1" + ")" * 9) == "(words:a1 AND words:b1)"


def milliseconds(text: str) -> float:
    """Of this thread alone: others of the process have work of their own."""
    started = time.thread_time()
    parse(text)
    return (time.thread_time() - started) * 1000


_PIECES = st.one_of(
    st.text(),
    st.sampled_from(
        ['"', "(", ")", "-", "*", ":", " ", "AND", "OR", "NOT", "[", "]", ">", "to"]
        + [f"{field}:" for field in FIELDS]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=200).map("".join))
def test_any_text_is_parsed_soon(text):
    assert milliseconds(text) < 50


@pytest.mark.parametrize(
    "piece",
    ["x", "(", ")", '"', "-", "*", "kind:", "updated:[", "a b ", "NOT ", "日", "é", "\ud800"],
)
def test_ten_thousand_of_anything_are_parsed_soon(piece):
    assert milliseconds(piece * (10_000 // len(piece))) < 50


def test_the_words_of_a_question_are_not_among_those_that_must_be_there():
    assert parse("How do I reset my password?").words == ("reset", "password")
    assert parse("Don't we have what they need").words == ("need",)


def test_the_words_of_a_question_alone_are_looked_for():
    assert parse("how do I").words == ("how", "do", "I")


def test_a_run_without_spaces_is_looked_for_by_its_pieces():
    assert parse("営業資料の更新方法を教えてください").words == ("営業資料", "更新方法")
    assert parse('"営業資料の更新"').words == ("営業資料の更新",)
    assert tree("-営業資料の更新") == "NOT words:営業資料の更新"


def test_what_is_divisible_may_be_found_in_parts():
    assert [parse(text).is_divisible for text in ("acme", "acme deck", "契約", "契約書")] == [
        False, True, False, True,
    ]  # fmt: skip


def test_a_text_has_no_more_pieces_than_a_query_has_words():
    assert len(parse("契" * 500 + " " + "約" * 500).words) <= 33
