"""Snippets: what is marked, where they are cut, and that they are safe to show."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from app.text.snippet import Marker, snippet

LONG = "before " * 100 + "the price list of acme " + "after " * 100


def marking(*words: str) -> Marker:
    return Marker({word[0] for word in words}, lambda word: word.lower() in words)


def test_matches_are_marked():
    assert snippet("Our Price is right", marking("price")) == "Our <mark>Price</mark> is right"


def test_markup_in_the_text_is_escaped():
    assert snippet("<b>price</b> & co", marking("price")) == (
        "&lt;b&gt;<mark>price</mark>&lt;/b&gt; &amp; co"
    )


def test_the_passage_with_the_most_different_matches_is_shown():
    text = "price " * 3 + "filler " * 100 + "price of acme"
    assert "<mark>acme</mark>" in snippet(text, marking("price", "acme"))


def test_a_long_text_is_cut_between_words_on_both_sides():
    shown = snippet(LONG, marking("acme"))
    assert shown.startswith("… before ")
    assert shown.endswith(" after …")
    assert 160 <= len(re.sub("<.*?>", "", shown)) <= 220


def test_without_a_match_the_beginning_is_shown():
    shown = snippet(LONG, marking("zebra"))
    assert shown.startswith("before before")
    assert "<mark>" not in shown


def test_runs_are_marked_inside_longer_runs():
    marker = Marker((), lambda word: False, ("日本",))
    assert snippet("これは日本語です", marker) == "これは<mark>日本</mark>語です"


def test_lines_become_spaces():
    assert snippet("one\n\n\ttwo", marking("two")) == "one <mark>two</mark>"


@given(st.text(), st.text(alphabet="ab<&> \n日é", max_size=2000))
def test_only_marks_are_markup_and_nothing_is_made_up(start, rest):
    text = start + rest
    shown = snippet(text, Marker({"a"}, lambda word: len(word) % 2 == 0, ("日",)))
    bare = re.sub("</?mark>", "", shown)
    assert "<" not in bare
    assert ">" not in bare
    whole = f"{squeezed(unescape(unescape(text)))} {squeezed(unescape(text))} {squeezed(text)}"
    assert squeezed(unescape(bare).strip("… ")) in whole


def squeezed(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", "", text).replace("…", "")
