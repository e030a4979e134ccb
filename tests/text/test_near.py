"""Near duplicates: what pages share, which are the same, and documents made of such pages."""

import os
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import ROOT
from app.text.near import bands, is_nearly_same, is_same_page, likeness, matching_pages

PRICES = "Our prices for large fleets start at 1,200 euros a month, support and training included"
SECURITY = "Every year others audit our security, and we publish what they found and what we mended"
ROADMAP = "Next spring dispatchers plan whole routes on the map and drivers see them on the phone"
FAREWELL = "Thank you for your time"
JAPANESE = "お客様の配送計画を自動で作成し、毎月の燃料費を大きく削減します。"

_ANY = st.text(st.characters(), max_size=300)
# Letters whose upper and lower case are each other's, one Asian one, a number, and spaces.
_WORDS = st.text(alphabet="abcdé日本7 ", max_size=80)
_PAGES = st.lists(st.sampled_from([PRICES, SECURITY, ROADMAP, FAREWELL, ""]) | _WORDS, max_size=9)


def words(page: int, count: int) -> str:
    """A page that has no word in common with others."""
    return " ".join(f"page{page}word{n}" for n in range(count))


@given(_ANY)
def test_any_text_has_six_bands_or_none(text):
    found = bands(text)
    assert len(found) in (0, 6)
    assert all(-(2**63) <= value < 2**63 for value in found)


@given(_WORDS)
def test_case_and_spacing_do_not_matter(text):
    other = "\n " + "  \t".join(text.upper().split(" "))
    assert bands(text) == bands(other)
    assert likeness(text, other) == 1


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bands_are_the_same_in_every_process(seed):
    program = f"from app.text.near import bands; print(bands({PRICES!r}))"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert found.stdout.strip() == str(bands(PRICES))


def test_bands_stay_as_they_are_stored():
    assert bands(PRICES)[:2] == [-658533573970001130, 2248080447374475208]


@pytest.mark.parametrize("text", ["", FAREWELL, "お問い合わせ", "1 2 3 4 5 6", "same " * 500])
def test_a_page_that_says_too_little_has_no_bands_and_is_no_page(text):
    assert bands(text) == []
    assert not is_same_page(text, text)


@pytest.mark.parametrize(
    "text", [PRICES, JAPANESE, "7 19 23 4.5 88 102 64,000", f"{PRICES} \ud800"]
)
def test_a_page_that_says_enough_is_the_same_as_itself(text):
    assert len(set(bands(text))) == 6
    assert is_same_page(text, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PRICES, PRICES.replace("large", "small")),
        (PRICES, PRICES.replace("1,200", "1,350.50")),
        (JAPANESE, JAPANESE.replace("毎月", "毎年")),
        ("one two three four five six seven", "one two three other five six seven"),
    ],
)
def test_one_word_changed_leaves_the_same_page(before, after):
    assert is_same_page(before, after)


def test_two_lists_of_numbers_are_told_apart_by_their_numbers():
    assert not is_same_page("11 12 13 14 15 16 17 18", "21 22 23 24 25 26 27 28")


def test_a_page_with_a_changed_word_is_found_by_its_bands():
    pages = [words(page, 15) for page in range(300)]
    changed = [text.replace("word7", "otherwise") for text in pages]
    found = sum(bool(set(bands(a)) & set(bands(b))) for a, b in zip(pages, changed, strict=True))
    assert found / len(pages) > 0.93


def test_other_pages_share_no_band():
    found = [value for page in range(300) for value in bands(words(page, 60))]
    assert len(set(found)) == len(found)


@given(_WORDS, _WORDS)
def test_likeness_is_a_part_and_the_same_from_both_sides(a, b):
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a) == 1


def test_likeness_is_what_both_have_of_what_they_have_together():
    assert likeness("a b c d e f g h", "a b c d e f g x") == 6 / 8


@given(_PAGES, _PAGES)
def test_a_page_is_in_one_pair_at_most_and_pairs_are_the_same_page(old, new):
    found = matching_pages(old, new)
    assert len({was for was, _ in found}) == len({now for _, now in found}) == len(found)
    assert all(is_same_page(old[was], new[now]) for was, now in found)


@given(_PAGES, _PAGES, st.randoms(use_true_random=False))
def test_the_order_of_pages_does_not_matter(old, new, chance):
    shuffled = chance.sample(new, len(new))
    assert len(matching_pages(old, shuffled)) == len(matching_pages(old, new))
    assert is_nearly_same(old, shuffled) == is_nearly_same(old, new)


def test_the_most_alike_are_paired_first():
    dearer = PRICES.replace("month", "week").replace("large", "small")
    assert matching_pages([dearer, PRICES], [FAREWELL, PRICES]) == [(1, 1)]


def test_equal_pages_are_paired_in_their_order():
    assert matching_pages([PRICES, SECURITY, PRICES], [PRICES, PRICES]) == [(0, 0), (2, 1)]


@pytest.mark.parametrize(("shared", "is_near"), [(3, True), (2, False)])
def test_three_of_five_pages_make_documents_nearly_the_same(shared, is_near):
    old = [words(page, 20) for page in range(5)]
    new = old[:shared] + [words(page, 20) for page in range(10, 20)]
    assert is_nearly_same(old, new) is is_near


def test_pages_that_say_too_little_are_not_counted():
    assert is_nearly_same([PRICES, FAREWELL, "", "Agenda"], [PRICES, "Questions?"])
    assert not is_nearly_same([FAREWELL, ""], [FAREWELL, ""])


def test_three_hundred_pages_from_one_mould_take_no_second():
    old = [f"{words(0, 100)} for customer c{page}" for page in range(300)]
    new = [f"{text} as of today" for text in reversed(old)]
    started = time.thread_time()
    assert matching_pages(old, new) == [(page, 299 - page) for page in range(300)]
    assert time.thread_time() - started < 4


def test_the_longest_page_takes_no_second():
    started = time.thread_time()
    assert len(bands(f"{words(1, 20)} " + "日本x " * 4_000_000)) == 6
    assert time.thread_time() - started < 4
