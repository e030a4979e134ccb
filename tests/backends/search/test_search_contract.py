"""What every engine promises."""

import threading
import time

import pytest

from app.backends.search.base import Change, EngineUnavailable, WriterBusy
from app.text.query import parse
from tests.matches import pages_by_asset


@pytest.fixture
def put(engine):
    """Puts assets into the index."""

    def apply(*documents, position=1):
        engine.apply([Change(d.asset_id, d) for d in documents], position)

    return apply


@pytest.fixture
def find(engine):
    """Which assets match, with the number of their pages."""

    def search(text, *, match_all=True):
        return pages_by_asset(engine.search(parse(text), match_all=match_all, best=50))

    return search


@pytest.fixture
def best(engine):
    """The best hits as (asset, page)."""

    def search(text, *, match_all=True, best=50):
        found = engine.search(parse(text), match_all=match_all, best=best).best
        return [(hit.asset_id, hit.page) for hit in found]

    return search


def test_all_words_must_be_on_a_page_or_in_its_assets_description(put, find, best, asset):
    put(asset(1, "Acme deck", "our pricing", "our team"), asset(2, "Globex", "our pricing"))
    assert find("acme pricing") == {1: 1}
    assert best("acme pricing") == [(1, 1)]


@pytest.mark.parametrize("match_all", [True, False])
def test_the_best_alone_are_those_of_a_whole_search(match_all, put, engine, asset):
    put(*[asset(n, "Acme deck", "pricing " * n, "our pricing") for n in range(1, 9)])
    for query in map(parse, ("pri*", "acme pricing", "walrus pri*", "kind:deck", "")):
        whole = engine.search(query, match_all=match_all, best=5)
        assert list(engine.best(query, 5, match_all=match_all)) == list(whole.best)


@pytest.mark.parametrize("word", ["acme", "pric*", "title:acme", '"our pricing"', "acmee"])
def test_a_word_alone_finds_what_it_finds_among_others(put, find, best, asset, word):
    put(
        asset(1, "Acme deck", "pricing", "team"),
        asset(2, "Other", "our pricing", ("acme", "team", ""), tag=("acme",)),
        asset(3, "Acme pricing", description="Prices of acme"),
    )
    assert find(word) == find(f"{word} OR {word}") != {}
    assert best(word) == best(f"{word} OR {word}")


def test_words_of_two_pages_do_not_add_up(put, find, asset):
    put(asset(1, "Deck", "pricing", "discount"))
    assert find("pricing discount") == {}


def test_an_asset_matched_by_its_description_alone_is_page_0_without_pages(put, find, best, asset):
    put(asset(1, "Acme deck", "pricing", "team"))
    assert find("acme") == {1: 0}
    assert best("acme") == [(1, 0)]


def test_a_word_in_title_and_page_counts_the_page(put, find, best, asset):
    put(asset(1, "Pricing", "pricing explained", "team"))
    assert find("pricing") == {1: 1}
    assert best("pricing")[0] == (1, 1)


def test_any_word_is_enough_when_not_all_must_match(put, find, asset):
    put(asset(1, "", "alpha"), asset(2, "", "beta"), asset(3, "", "gamma"))
    assert find("alpha beta", match_all=False) == {1: 1, 2: 1}


def test_of_five_words_or_more_two_must_match_and_of_ten_three(put, find, asset):
    put(asset(1, "", "alpha beta"), asset(2, "", "alpha"), asset(3, "", "alpha beta gamma"))
    words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split()
    assert find(" ".join(words[:4]), match_all=False) == {1: 1, 2: 1, 3: 1}
    assert find(" ".join(words[:9]), match_all=False) == {1: 1, 3: 1}
    assert find(" ".join(words), match_all=False) == {3: 1}


def test_exclusions_and_facets_hold_even_when_not_all_words_must_match(put, find, asset):
    put(asset(1, "", "alpha", kind=("deck",)), asset(2, "", "alpha old", kind=("deck",)))
    put(asset(3, "", "alpha beta", kind=("pricing",)))
    assert find("alpha beta -old kind:deck", match_all=False) == {1: 1}


def test_words_are_found_in_other_inflections(put, find, asset):
    put(asset(1, "", "running several campaigns"))
    assert find("run campaign") == {1: 1}


def test_case_and_accents_do_not_matter(put, find, asset):
    put(asset(1, "", "Crème BRÛLÉE"))
    assert find("creme brulee") == find("CRÈME") == {1: 1}


def test_a_phrase_matches_its_words_side_by_side(put, find, asset):
    put(asset(1, "", "the price of success"), asset(2, "", "success of the price"))
    assert find('"price of success"') == {1: 1}


def test_a_phrase_does_not_go_over_from_one_page_or_field_to_the_next(put, find, asset):
    put(asset(1, "Big", ("deal", "with it", ""), "at once"), asset(2, "Big deal"))
    assert find('"big deal"') == {2: 0}
    assert find('"it at"') == {}


def test_a_hyphenated_word_is_a_phrase(put, find, asset):
    put(asset(1, "", "a follow-up mail"), asset(2, "", "up we follow"))
    assert find("follow-up") == {1: 1}


def test_speaker_notes_and_page_titles_are_searched(put, find, asset):
    put(asset(1, "", ("Headline", "body", "whisper")))
    assert find("headline") == find("whisper") == {1: 1}


def test_asian_text_is_found_by_any_part_of_a_run(put, find, asset):
    put(asset(1, "", "日本語の資料です"), asset(2, "", "中文资料"), asset(3, "", "고객 사례"))
    assert find("日本") == find("資料") == find("日") == find("語") == {1: 1}
    assert find("文资") == {2: 1}
    assert find("사례") == {3: 1}
    assert find("日資") == {}


def test_a_prefix_matches_the_words_that_begin_so(put, find, asset):
    put(asset(1, "", "discounts galore"), asset(2, "", "disc jockey"), asset(3, "", "dinner"))
    assert find("disc*") == {1: 1, 2: 1}


def test_a_prefix_is_scored_by_its_words(put, engine, asset):
    put(asset(1, "", "discount " * 5), asset(2, "", "discount among many other words here"))
    hits = engine.search(parse("disc*"), match_all=True, best=9).best
    assert [hit.asset_id for hit in hits] == [1, 2]
    assert hits[0].score > hits[1].score > 0


def test_a_slip_is_forgiven_and_scores_less(put, engine, asset):
    put(asset(1, "", "pricing"), asset(2, "", "battlecard"))
    exact = engine.search(parse("pricing"), match_all=True, best=9).best[0]
    slip = engine.search(parse("prciing"), match_all=True, best=9).best[0]
    assert slip.asset_id == exact.asset_id == 1
    assert 0 < slip.score < exact.score


@pytest.mark.parametrize("text", ["battelcadr", "batlecrd"])
def test_two_slips_are_forgiven_in_long_words(text, put, find, asset):
    put(asset(1, "", "battlecard"))
    assert find(text) == {1: 1}


@pytest.mark.parametrize("text", ['"prciing"', "xricing", "prxxing", "pr1cing", "tem"])
def test_no_slip_is_forgiven_in_quotes_first_letters_numbers_and_short_words(
    text, put, find, asset
):
    put(asset(1, "", "pricing team"))
    assert find(text) == {}


def test_a_word_that_exists_is_no_slip(put, find, asset):
    put(asset(1, "", "price"), asset(2, "", "prize"))
    assert find("price") == find("prices") == {1: 1}


def test_words_of_hidden_assets_are_never_offered_for_slips_and_beginnings(put, find, asset):
    put(asset(1, "", "zephyr", public=False), asset(2, "", "zephyr breeze"))
    assert find("zephxr") == {1: 1, 2: 1}
    put(asset(2, "", "breeze"), position=2)
    assert find("zephxr") == find("zeph*") == {}
    assert find("zephyr") == {1: 1}


def test_facets_match_whole_values_without_case_and_accents(put, find, asset):
    put(asset(1, "A", "page", competitor=("Crédit Acme",), kind=("one_pager",)))
    put(asset(2, "B", competitor=("Acme",)))
    assert find('competitor:"credit acme"') == find("kind:one-pager") == {1: 0}
    assert find("competitor:acme") == {2: 0}
    assert find("competitor:ac*") == {2: 0}


def test_a_facets_words_are_found_as_plain_words(put, find, asset):
    put(asset(1, "A", competitor=("Globex Corp",)))
    assert find("globex") == {1: 0}


def test_an_owner_is_found_by_address_and_by_each_name(put, find, asset):
    put(asset(1, "A", owner=("rae@example.com", "Rae Rep")), asset(2, "B", owner=("Rob Rep",)))
    assert find("owner:rae") == find("owner:rae@example.com") == find('owner:"rae rep"') == {1: 0}
    assert find("owner:rep") == {1: 0, 2: 0}


def test_a_title_is_searched_alone_when_asked(put, find, asset):
    put(asset(1, "Pricing guide", "words"), asset(2, "Other", "pricing"))
    assert find("title:pricing") == {1: 0}


def test_exclusions_alone_match_every_other_asset(put, find, asset):
    put(asset(1, "One", "fine", "old stuff"), asset(2, "Two", "fine"), asset(3, "Old"))
    assert find("-old") == {2: 0}
    assert find('-"old stuff"') == {2: 0, 3: 0}


def test_an_exclusion_leaves_other_pages_of_the_asset(put, find, asset):
    put(asset(1, "", "pricing today", "pricing old"))
    assert find("pricing -old") == {1: 1}


def test_either_side_of_an_or_is_enough(put, find, asset):
    put(asset(1, "", "alpha"), asset(2, "", "beta", kind=("deck",)), asset(3, "", "gamma"))
    assert find("alpha OR kind:deck") == {1: 1, 2: 0}


@pytest.mark.parametrize("text", ["", "status:retired", "updated:2026"])
def test_nothing_to_match_matches_nothing(text, put, find, asset):
    put(asset(1, "A", "page"))
    assert find(text) == {}


def test_a_word_nobody_wrote_matches_nothing(put, find, asset):
    put(asset(1, "A", "page"))
    assert find("qqqq") == find("🦊") == find("x" * 500) == {}


def test_titles_weigh_more_than_text_and_text_more_than_notes(put, best, asset):
    filler = [asset(n, f"filler {n}", f"filler {n}") for n in range(10, 30)]
    put(asset(1, "", ("", "plain", "acme word")), asset(2, "", ("", "acme word", "plain")), *filler)
    put(asset(3, "acme word", ("", "plain", "plain")))
    assert [asset_id for asset_id, _ in best("acme")] == [3, 2, 1]


def test_the_best_are_as_many_as_asked_and_the_counts_stay_complete(put, engine, asset):
    put(*(asset(n, "", "alpha", "alpha") for n in range(1, 31)))
    found = engine.search(parse("alpha"), match_all=True, best=7)
    assert len(found.best) == 7
    assert pages_by_asset(found) == dict.fromkeys(range(1, 31), 2)
    assert not engine.search(parse("alpha"), match_all=True, best=0).best


def test_equal_scores_come_by_asset_and_page(put, best, asset):
    put(*(asset(n, "", "alpha", "alpha") for n in (5, 3, 4)))
    assert best("alpha") == [(3, 1), (3, 2), (4, 1), (4, 2), (5, 1), (5, 2)]


def test_a_change_replaces_an_asset_whole(put, find, asset):
    put(asset(1, "Old", "alpha", "beta"))
    put(asset(1, "New", "gamma"), position=2)
    assert find("alpha") == find("beta") == find("old") == {}
    assert find("gamma") == {1: 1}


def test_an_asset_is_taken_out(put, find, engine, asset):
    put(asset(1, "One", "alpha"), asset(2, "Two", "alpha"))
    engine.apply([Change(1, None)], 2)
    assert find("alpha") == {2: 1}
    assert engine.asset_ids() == {2}


def test_the_last_of_two_changes_of_one_asset_counts(engine, find, asset):
    engine.apply([Change(1, asset(1, "", "alpha")), Change(1, asset(1, "", "beta"))], 2)
    assert find("alpha") == {}
    assert find("beta") == {1: 1}


def test_the_position_is_kept_with_the_changes(engine, opened, put, asset):
    assert engine.position() == 0
    put(asset(1, "One"), position=41)
    engine.apply([], 42)
    assert engine.position() == opened().position() == 42


def test_a_rebuild_replaces_everything(engine, find, put, asset):
    put(asset(1, "", "alpha"))
    engine.rebuild([asset(2, "", "beta")], 9)
    assert (engine.asset_ids(), engine.position()) == ({2}, 9)
    assert find("alpha") == {}


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(engine, find, put, folder, asset):
    def broken():
        yield asset(2, "", "beta")
        raise LookupError("the database went away")

    put(asset(1, "", "alpha"))
    with pytest.raises(LookupError):
        engine.rebuild(broken(), 9)
    assert find("alpha") == {1: 1}
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_another_reader_sees_changes_and_rebuilds_within_a_second(engine, opened, put, asset):
    reader = opened()
    assert reader.position() == 0
    put(asset(1, "", "alpha"), position=5)
    assert soon(reader.position, 5)
    engine.rebuild([], 6)
    assert soon(reader.position, 6)


def soon(ask, expected):
    end = time.monotonic() + 1
    while ask() != expected and time.monotonic() < end:
        time.sleep(0.02)
    return ask() == expected


def test_only_one_may_write(engine, opened, put, asset):
    put(asset(1, "One"))
    with pytest.raises(WriterBusy, match="Another process is writing"):
        opened().apply([], 2)
    engine.close()
    opened().apply([], 3)


def test_before_the_first_rebuild_there_is_no_index(opened):
    for ask in (opened().position, opened().asset_ids, lambda: opened().apply([], 1)):
        with pytest.raises(EngineUnavailable):
            ask()


def test_threads_share_an_engine_while_it_changes(engine, put, asset):
    put(*(asset(n, "", f"alpha w{n}") for n in range(1, 101)))
    wrong: list[object] = []

    def search() -> None:
        for n in range(1, 101):
            found = engine.search(parse(f"alpha w{n}"), match_all=True, best=5)
            if pages_by_asset(found) != {n: 1}:
                wrong.append((n, found))

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for position in range(2, 8):
        engine.apply([Change(500 + position, asset(500 + position, "", "beta"))], position)
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("pricing", "Our prices are fair", "prices"),
        ("pric*", "Our pricelist", "pricelist"),
        ("prciing", "Our pricing", "pricing"),
        ("cafe", "Le Café", "Café"),
        ("日本", "これは日本語です", "日本"),
        ("営業資料", "新しい営業資料です", "営業資料"),
        ("使用許諾", "使用を許す", "使用"),
        ('"price list"', "the price list", "price"),
    ],
)
def test_snippets_mark_what_matched(query, text, marked, put, engine, asset):
    put(asset(1, "", "pricing prices price list pricelist"))
    assert f"<mark>{marked}</mark>" in engine.snippet(parse(query), text)


def test_snippets_do_not_mark_what_was_excluded_or_is_a_facet(put, engine, asset):
    put(asset(1, "", "alpha"))
    assert engine.snippet(parse("alpha -old kind:deck"), "old deck alpha") == (
        "old deck <mark>alpha</mark>"
    )
