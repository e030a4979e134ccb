"""Searching by the JSON API: what it answers, and what it is told of it."""

import pytest
from sqlalchemy import select

from app.db import session
from app.models import SearchClick, SearchQuery
from tests.factories import a_deal, a_search, an_asset, days_ago, settle

PATH = "/api/v1/search"


@pytest.fixture
def walrus(max):
    """A published piece that is found by its text."""
    made = an_asset(max, "Acme deck", text="The walrus plan.", stages=["sale"])
    settle()
    return made


def test_a_search_has_a_number_by_which_clicks_are_told(call, walrus):
    client = call("rae")
    found = client.get(PATH, query_string={"q": "walrus"}).json
    told = {"asset": walrus.slug, "page": 1, "position": 1}
    for _ in range(2):
        assert client.post(f"{PATH}/{found['query_id']}/click", json=told).status_code == 204
    [row] = session.scalars(select(SearchClick))
    assert (row.search_query_id, row.asset_id, row.page) == (found["query_id"], walrus.id, 1)


def test_browsing_has_none(call, walrus):
    assert call("rae").get(PATH).json["query_id"] is None


def test_the_reasons_multiply_to_the_score(call, walrus, rae):
    a_deal(rae, "A1", stage_history=[{"stage": "sale", "entered_at": days_ago(1)}])
    [hit] = call("rae").get(PATH, query_string={"q": "walrus", "deal": "A1"}).json["hits"]
    factors = {one["factor"]: one["value"] for one in hit["why"]}
    assert set(factors) == {"text", "context", "use"} and factors["context"] == 1.2
    assert hit["score"] == pytest.approx(
        factors["text"] * factors["context"] * factors["use"], abs=0.01
    )


def test_a_slip_is_forgiven_and_told(call, walrus):
    found = call("rae").get(PATH, query_string={"q": "wlarus"}).json
    assert (found["total"], found["did_you_mean"]) == (1, "walrus")


def test_what_was_meant_never_comes_from_what_is_not_published(call, max):
    an_asset(max, "Secret", text="walrus", publish=False)
    settle()
    assert call("rae").get(PATH, query_string={"q": "wlarus"}).json["did_you_mean"] is None


def test_a_search_of_another_is_not_there(call, rae, walrus):
    number = a_search(rae)
    told = {"asset": walrus.id, "position": 1}
    assert call("rob").post(f"{PATH}/{number}/click", json=told).status_code == 404
    assert call("rob").post(f"{PATH}/{number}/wanted").status_code == 404


@pytest.mark.parametrize(
    "told", [{}, {"asset": 1}, {"asset": 1, "position": 0}, {"asset": 1, "position": 1, "x": 2}]
)
def test_a_click_that_says_too_little_or_too_much_is_refused(call, rae, told):
    answer = call("rae").post(f"{PATH}/{a_search(rae)}/click", json=told)
    assert answer.status_code == 422 and answer.json["fields"]


def test_what_is_missing_is_noted(call, rae):
    number = a_search(rae)
    assert call("rae").post(f"{PATH}/{number}/wanted").status_code == 204
    assert session.get(SearchQuery, number).wanted_at is not None


def test_suggestions_are_a_list(call, walrus):
    found = call("rae").get("/api/v1/suggest", query_string={"q": "acm"}).json
    pointer = {"id": walrus.id, "slug": "acme-deck", "title": "Acme deck"}
    assert found[0] == {"text": "Acme deck", "kind": "asset", "asset": pointer, "page": None}
    assert found[1:] == [{"text": "acme", "kind": "query", "asset": None, "page": None}]


def test_gaps_name_what_was_searched_in_vain(call, max, rae):
    an_asset(max)
    settle()
    a_deal(rae, "A1", amount={"amount": "100", "currency": "EUR"})
    call("rae").get(PATH, query_string={"q": "walrus"})
    [gap] = call("max").get("/api/v1/insights/gaps").json["items"]
    assert (gap["kind"], gap["text"], gap["failed"], gap["empty"]) == (
        "failed_search",
        "walrus",
        1,
        1,
    )
    assert gap["open_deals"] == 1 and gap["amounts"] == [{"amount": "100.00", "currency": "EUR"}]


def test_saved_searches_are_kept_listed_quieted_and_removed(call):
    client, path = call("rae"), "/api/v1/saved-searches"
    made = client.post(path, json={"name": "Acme", "q": "acme", "kind": ["deck"]}).json
    assert made["filters"] == {"kind": ["deck"]} and made["notify"] is True
    assert client.patch(f"{path}/{made['id']}", json={"notify": False}).json["notify"] is False
    assert [one["name"] for one in client.get(path).json["items"]] == ["Acme"]
    assert client.delete(f"{path}/{made['id']}").status_code == 204
    assert client.get(path).json["total"] == 0


def test_synonyms_are_kept_by_admins(call):
    client, path = call("ada"), "/api/v1/synonyms"
    made = client.post(path, json={"words": ["battlecard", "kill sheet"]}).json
    assert client.post(path, json={"words": ["kill sheets", "x"]}).status_code == 409
    changed = client.put(f"{path}/{made['id']}", json={"words": ["battlecard", "card"]}).json
    assert changed["words"] == ["battlecard", "card"]
    assert client.delete(f"{path}/{made['id']}").status_code == 204
    assert client.get(path).json["items"] == []


def test_filters_that_are_none_are_told(call):
    answer = call("rae").get(PATH, query_string={"q": "updated:>soon"})
    assert answer.json["notices"][0].startswith("“updated:>soon” is no date")
