"""What changed between two versions, page by page and word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.diff import Change, pages, words

A, B, C, D = (
    "Welcome our company at a glance since 1998",
    "Pricing the walrus plan costs ninety euros a month",
    "Security audited every year by others",
    "Contact call us on weekdays",
)
CHEAPER = "Pricing the walrus plan costs eighty euros a month"


def told(old, new):
    """The changes as (old, new, change) with places from 1, as people count."""
    return [
        (
            None if one.old is None else one.old + 1,
            None if one.new is None else one.new + 1,
            one.change,
        )
        for one in pages(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ([A, B], [A, B], [(1, 1, "same"), (2, 2, "same")]),
        ([A, B, C], [A, CHEAPER, C], [(1, 1, "same"), (2, 2, "changed"), (3, 3, "same")]),
        ([A, C], [A, B, C], [(1, 1, "same"), (None, 2, "added"), (2, 3, "same")]),
        ([A, B, C], [A, C], [(1, 1, "same"), (2, None, "removed"), (3, 2, "same")]),
        (
            [A, B, C, D],
            [D, A, B, C],
            [(4, 1, "moved"), (1, 2, "same"), (2, 3, "same"), (3, 4, "same")],
        ),
        ([A], [D], [(None, 1, "added"), (1, None, "removed")]),
        ([], [A], [(None, 1, "added")]),
        ([A], [], [(1, None, "removed")]),
        (["", ""], ["", "", ""], [(1, 1, "same"), (2, 2, "same"), (None, 3, "added")]),
        ([A.upper()], [f"  {A}\n"], [(1, 1, "same")]),
    ],
)
def test_pages_are_paired(old, new, changes):
    assert told(old, new) == changes


def test_a_page_that_changed_is_found_where_others_came_before_it():
    new = [A, D, C, CHEAPER]
    assert (2, 4, "changed") in told([A, B, C], new)


_TEXTS = st.lists(st.text(alphabet="abc \n", max_size=20), max_size=12)


@given(_TEXTS, _TEXTS)
def test_every_page_is_told_once(old, new):
    found = pages(old, new)
    assert sorted(one.old for one in found if one.old is not None) == list(range(len(old)))
    assert [one.new for one in found if one.new is not None] == list(range(len(new)))


@given(_TEXTS)
def test_nothing_changed_where_nothing_changed(texts):
    assert all(one.change is Change.SAME for one in pages(texts, texts))


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_both_texts(old, new):
    found = words(old, new)
    assert "".join(one.text for one in found if one.sign != "+") == old
    assert "".join(one.text for one in found if one.sign != "-") == new


def test_a_changed_word_is_told_as_a_word():
    signs = [(one.sign, one.text) for one in words("ninety euros a month", "eighty euros a month")]
    assert signs == [("-", "ninety"), ("+", "eighty"), (" ", " euros a month")]


def test_three_hundred_pages_take_no_second():
    old = [" ".join(f"w{(page * 7 + n) % 900}" for n in range(120)) for page in range(300)]
    new = [f"{text} and more" for text in reversed(old)]
    started = time.thread_time()
    assert all(one.change is Change.CHANGED for one in pages(old, new))
    assert time.thread_time() - started < 1
