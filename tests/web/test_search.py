"""Searching on pages: what is noted of it, and what can be done without leaving the list."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from app.db import session
from app.models import SearchClick, SearchQuery
from tests.factories import a_deal, an_asset, settle


def noted() -> list[SearchQuery]:
    """The searches in the log, the first first."""
    return list(session.scalars(select(SearchQuery).order_by(SearchQuery.at)))


def opened() -> list[tuple[int, int, int | None]]:
    """What was opened: asset, place, page."""
    rows = session.scalars(select(SearchClick).order_by(SearchClick.id))
    return [(row.asset_id, row.position, row.page) for row in rows]


@pytest.fixture
def walrus(max):
    """A published piece that is found by its text."""
    made = an_asset(max, "Acme deck", text="The walrus plan.")
    settle()
    return made


def test_a_search_is_noted_with_what_it_found(browse, rae, walrus):
    browse("rae").get("/search?q=Walrus  plan&kind=deck&kind=other")
    [found] = noted()
    assert (found.text, found.folded, found.total) == ("Walrus  plan", "walrus plan", 1)
    assert (found.person_id, found.source, found.filters) == (
        rae.id,
        "page",
        {"kind": ["deck", "other"]},
    )


def test_browsing_is_no_search(browse, walrus):
    browse("rae").get("/search?kind=deck")
    assert noted() == []


def test_what_is_typed_letter_by_letter_is_one_search(browse, walrus):
    client, number = browse("rae"), ""
    for typed in ("wal", "walr", "walrus"):
        page = client.get(
            f"/search?q={typed}&goes_on={number}", headers={"HX-Request": "true"}
        ).text
        number = re.search(r'data-search-number="(\d+)"', page)[1]
    assert [(one.text, str(one.id)) for one in noted()] == [("walrus", number)]


def test_a_hit_that_is_opened_is_noted_with_its_place_and_page(browse, walrus):
    client = browse("rae")
    page = client.get("/search?q=walrus").text
    client.get(re.search(r'href="(/assets/acme-deck\?hit=[^"#]+)', page)[1])
    assert opened() == [(walrus.id, 1, 1)]


def test_other_words_after_something_was_opened_are_another_search(browse, walrus):
    client = browse("rae")
    page = client.get("/search?q=walrus").text
    client.get(re.search(r'href="(/assets/acme-deck\?hit=[^"#]+)', page)[1])
    client.get(f"/search?q=plan&goes_on={noted()[0].id}")
    assert [one.text for one in noted()] == ["walrus", "plan"]


def test_a_hit_that_is_used_from_the_list_is_noted_once(browse, walrus):
    client = browse("rae")
    client.get("/search?q=walrus")
    path = f"/search/{noted()[0].id}/click"
    for _ in range(2):
        answer = client.post(path, data={"asset": walrus.id, "position": 3, "page": ""})
        assert answer.status_code == 204
    assert opened() == [(walrus.id, 3, None)]


@pytest.mark.parametrize("hit", ["x", "1.1.1", "99999999999999999999.1.", "1", ".1.", "1.999999."])
def test_an_address_that_somebody_passed_on_says_nothing_of_its_reader(browse, walrus, hit):
    browse("rae").get("/search?q=walrus")
    assert browse("rob").get(f"/assets/acme-deck?hit={hit}").status_code == 200
    assert browse("rob").get(f"/assets/acme-deck?hit={noted()[0].id}.1.1").status_code == 200
    assert opened() == []


def test_nobody_takes_over_the_search_of_another(browse, rae, rob, walrus):
    browse("rae").get("/search?q=walrus")
    browse("rob").get(f"/search?q=plan&goes_on={noted()[0].id}")
    assert [(one.person_id, one.text) for one in noted()] == [(rae.id, "walrus"), (rob.id, "plan")]


def test_what_is_missing_is_told_in_one_click(browse, walrus):
    client = browse("rae")
    client.get("/search?q=narwhal")
    answer = client.post(f"/search/{noted()[0].id}/wanted")
    client.get(answer.headers["Location"])
    [found] = noted()
    assert found.wanted_at is not None and found.text == "narwhal"


def test_a_misspelt_word_is_told(browse, walrus):
    assert "data-meant>walrus</a>" in browse("rae").get("/search?q=wlarus").text


def test_from_a_deal_what_fits_it_comes_first_and_says_so(browse, max, rae):
    an_asset(max, "One", text="The walrus plan.")
    an_asset(max, "Two", text="The walrus plan.", competitors=["Globex"])
    settle()
    a_deal(rae, "A1", name="Big deal", competitors=["globex"])
    page = browse("rae").get("/search?q=walrus&deal=A1").text
    assert page.index("Two</a>") < page.index("One</a>")
    assert "It fits the deal: competitor globex." in page and "Big deal" in page


def test_from_a_deal_that_one_may_not_see_nothing_is_searched(browse, rob, walrus):
    a_deal(rob, "B1")
    assert browse("rae").get("/search?q=walrus&deal=B1").status_code == 404
    assert noted() == []


def test_a_use_is_logged_in_the_dialog_of_the_list(browse, rae, walrus):
    deal = a_deal(rae, "A1", name="Big deal")
    client, by_script = browse("rae"), {"HX-Request": "true"}
    form = client.get(f"/assets/acme-deck/use?first={deal.id}", headers=by_script).text
    assert "<html" not in form and "Big deal" in form
    done = client.post("/assets/acme-deck/use", data={"deal": deal.id}, headers=by_script)
    assert done.status_code == 200 and "Logged" in done.text and "Undo" in done.text


def test_what_was_said_missing_stays_a_gap_whatever_is_searched_next(browse, rae, walrus):
    a_deal(rae, "A1", name="Big deal")
    client = browse("rae")
    client.get("/search?q=narwhal&deal=A1")
    there = client.post(f"/search/{noted()[0].id}/wanted").headers["Location"]
    assert "deal=A1" in there
    client.get(there)
    client.get("/search?q=walrus")
    page = browse("max").get("/insights/gaps").text
    assert "narwhal" in page and page.count("<tr>") == 2
    assert noted()[0].deal_id is not None


def test_a_way_back_and_a_further_page_are_the_same_search(browse, walrus):
    client = browse("rae")
    for address in ("/search?q=walrus", "/search?q=Walrus", "/search?q=walrus&offset=20"):
        client.get(address)
    assert len(noted()) == 1


def test_the_same_search_that_finds_something_now_has_not_failed(browse, max, walrus):
    client = browse("rae")
    client.get("/search?q=narwhal")
    assert noted()[0].is_failed
    an_asset(max, "Narwhal")
    settle()
    client.get("/search?q=narwhal")
    assert [(one.total, one.is_failed) for one in noted()] == [(1, False)]


def test_another_filter_after_something_was_opened_is_another_search(browse, walrus):
    client = browse("rae")
    client.get("/search?q=walrus")
    first = noted()[0].id
    client.post(f"/search/{first}/click", data={"asset": walrus.id, "position": 1})
    client.get(f"/search?q=walrus&kind=pricing&goes_on={first}")
    assert [(one.total, one.is_failed) for one in noted()] == [(1, False), (0, True)]


def test_while_typing_all_that_begins_so_is_one_click_away(browse, max):
    for number in range(9):
        an_asset(max, f"Walrusfest {number}")
    settle()
    client = browse("rae")
    page = client.get("/search?q=walrusf", headers={"HX-Request": "true"}).text
    onward = re.search(r'href="(/search\?q=walrusf%2A[^"]*)">Show all 9', page)[1]
    assert "9 pieces" in client.get(onward.replace("&amp;", "&")).text


def test_a_piece_chosen_among_suggestions_was_searched_and_found(browse, walrus):
    told = {"q": "walr", "asset": walrus.id, "page": 1, "position": 2}
    assert browse("rae").post("/search/chosen", data=told).status_code == 204
    assert [(one.text, one.total) for one in noted()] == [("walr", 1)]
    assert opened() == [(walrus.id, 2, 1)]


def test_nothing_to_search_for_is_said_and_not_noted(browse, walrus):
    assert "There is nothing to search for in that" in browse("rae").get("/search?q=!!!").text
    assert noted() == []


def test_a_page_beyond_the_last_leads_to_the_first(browse, walrus):
    page = browse("rae").get("/search?q=walrus&offset=40").text
    assert "There is no such page" in page and "Tell marketing it is missing" not in page


@pytest.mark.parametrize("path", ["/insights/gaps", "/insights/searches", "/insights/gaps.csv"])
def test_the_last_day_that_there_is_is_a_day(browse, path):
    assert browse("rae").get(f"{path}?from=0001-01-01&to=9999-12-31").status_code == 200


def test_filters_of_one_value_hold_and_can_be_taken_off(browse, max):
    an_asset(max, "Inside", text="The walrus plan.", shareable=False)
    an_asset(max, "Outside", text="The walrus plan.")
    settle()
    page = browse("rae").get("/search?q=walrus&shareable=false").text
    assert "1 piece" in page and "Inside" in page and "Outside</a>" not in page
    assert re.search(r'class="chip" href="/search\?q=walrus&amp;goes_on=\d+"', page)


def test_one_more_filter_is_put_on_and_taken_off_by_its_address(browse, max):
    an_asset(max, "Plan", text="The walrus plan.", tags=["R&D"])
    settle()
    client = browse("rae")
    page = client.get("/search?q=walrus&shareable=true").text
    [put_on] = re.findall(r'"facet-value" href="([^"]+tag=R%26D)"', page)
    page = client.get(unescape(put_on)).text
    [taken_off] = re.findall(r'"facet-value" href="([^"]+)" aria-current="true"', page)
    assert "shareable=true" in taken_off and "tag" not in taken_off


def test_stages_begin_with_a_capital_and_follow_the_pipeline(browse, max):
    an_asset(max, "Plan", stages=["sale", "attention"])
    an_asset(max, "Other plan", stages=["sale"])
    settle()
    page = browse("rae").get("/search").text
    named = re.findall(r'class="facet-name" dir="auto">(Attention|Sale)<', page)
    assert named == ["Attention", "Sale"]


def test_a_filter_that_is_none_is_told_on_the_page(browse):
    page = unescape(browse("rae").get("/search?q=kind:decks").text)
    assert "“kind:decks” is no kind, so it is searched as a word. Kinds are: deck, " in page
