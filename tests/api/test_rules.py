"""The rules of the JSON API: tokens, problem documents, unknown fields, lists."""

import pytest

from app import clock
from app.clock import now
from app.db import session, transaction
from app.models import Token
from tests import places
from tests.factories import an_asset


def test_me(call):
    assert call("rae").get("/api/v1/me").json["email"] == "rae@example.com"


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer nonsense", "Basic eDp5", "Bearer ä"])
def test_without_a_valid_token_nothing_is_said(app, sent):
    answer = app.test_client().get(
        "/api/v1/me", headers={"Authorization": sent.encode("utf-8").decode("latin-1")}
    )
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_a_cookie_opens_no_api(browse):
    assert browse("ada").get("/api/v1/me").status_code == 401


def test_an_expired_token_is_no_token(call):
    client = call("rae")
    with transaction():
        session.query(Token).update({"expires_at": now()})
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_of_somebody_who_left_is_no_token(call, browse, person):
    client = call("rob")
    browse("ada").post(f"/admin/people/{person('rob').id}/deactivate")
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_is_kept_as_its_hash(call):
    client = call("rae")
    token = client.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert token not in session.query(Token).one().token_hash


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        (
            "patch",
            "/api/v1/assets/acme-deck",
            {"data": "{", "content_type": "application/json"},
            400,
        ),
        ("patch", "/api/v1/assets/acme-deck", {"json": []}, 400),
        ("patch", "/api/v1/assets/acme-deck", {"data": "title=x"}, 415),
        ("patch", "/api/v1/assets/acme-deck", {"json": {"titel": "x"}}, 422),
        ("patch", "/api/v1/assets/acme-deck", {"json": {"title": ""}}, 422),
        ("patch", "/api/v1/assets/acme-deck", {"json": {"review_by": "soon"}}, 422),
        ("post", "/api/v1/assets", {"json": {}}, 415),
        ("post", "/api/v1/assets", {"data": {"title": "No file"}}, 422),
        ("put", "/api/v1/assets", {}, 405),
        ("get", "/api/v1/assets/none", {}, 404),
        ("get", "/api/v1/nothing", {}, 404),
        ("delete", "/api/v1/saved-searches/nope", {}, 404),
        ("delete", "/api/v1/saved-searches/0", {}, 404),
        ("get", f"/api/v1/deals/{'x' * 201}", {}, 404),
        ("put", f"/api/v1/deals/{'x' * 201}", {"json": {}}, 422),
        ("get", "/api/v1/assets?limit=0", {}, 422),
        ("get", "/api/v1/assets?cursor=%00", {}, 422),
        ("get", "/api/v1/assets?nonsense=1", {}, 422),
        pytest.param(
            "get",
            "/api/v1/assets/acme-deck/file",
            {"headers": {"Range": "bytes=999-"}},
            416,
            marks=places.folder_only,
        ),
    ],
)
def test_a_mistake_is_told_as_a_problem_document(call, max, method, path, sent, status):
    an_asset(max, "Acme deck")
    answer = call("max").open(path, method=method.upper(), **sent)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status and answer.json["detail"]


def test_a_put_on_what_can_be_no_number_finds_nothing(call):
    answer = call("ada").put("/api/v1/synonyms/nope", json={"words": ["price", "cost"]})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 200),
        ({"json": {}}, 200),
        ({"json": {"note": "x"}}, 422),
        ({"json": ["x"]}, 400),
        ({"data": {"note": "x"}}, 415),
    ],
)
def test_a_call_that_takes_nothing_refuses_what_is_sent(call, max, sent, status):
    an_asset(max, "Acme deck")
    answer = call("max").post("/api/v1/assets/acme-deck/confirm", **sent)
    assert answer.status_code == status


def test_messages_come_by_field(call, max):
    an_asset(max, "Acme deck")
    answer = call("max").patch("/api/v1/assets/acme-deck", json={"title": "x" * 301, "a": 1})
    assert answer.json["fields"] == {
        "title": ["Give at most 300 characters."],
        "a": ["There is no such field."],
    }


def test_a_list_is_read_page_by_page(call, max):
    made = [an_asset(max, f"Deck {number}").id for number in range(5)]
    client, found, cursor = call("rae"), [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/assets?limit=2{cursor and '&cursor='}{cursor}").json
        assert page["total"] == 5
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert found == made[::-1]


def test_the_description_names_every_call(app, call):
    described = app.test_client().get("/api/v1/openapi.json").json
    there = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api_")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert there == {(path, method) for path, ways in described["paths"].items() for method in ways}


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/api/v1/assets?updated_since=2026-01-01", None, 200),
        ("GET", "/api/v1/assets?updated_since=2026-01-01T00:00:00", None, 422),
        ("GET", "/api/v1/search?updated_since=0001-01-01", None, 200),
        ("GET", "/api/v1/search?updated_since=9999-12-31T23:59:59-14:00", None, 422),
        ("GET", "/api/v1/search?q=updated:0001", None, 200),
        ("GET", f"/api/v1/assets?cursor={'OTk5' * 9}", None, 200),
        ("GET", f"/api/v1/assets/{10**20}", None, 404),
        ("GET", f"/api/v1/assets/acme-deck/versions/{10**20}/file", None, 404),
        ("POST", "/api/v1/assets/acme-deck/publish", {"version": 10**20}, 422),
        ("POST", "/api/v1/assets/acme-deck/rollback", {"to": 10**20, "change_note": "x"}, 422),
        ("POST", "/api/v1/assets/acme-deck/retire", {"reason": "x", "replaced_by": 10**20}, 422),
        ("PATCH", "/api/v1/assets/acme-deck", {"title": None}, 422),
        ("PATCH", "/api/v1/assets/acme-deck", {"review_by": None}, 200),
        ("PATCH", "/api/v1/assets/acme-deck", {"expires_on": "9999-12-31"}, 200),
    ],
)
def test_numbers_and_dates_at_the_edge(call, max, method, path, sent, status):
    an_asset(max, "Acme deck")
    zone = clock.use_time_zone
    zone("Pacific/Auckland")
    try:
        assert call("max").open(path, method=method, json=sent).status_code == status
    finally:
        zone("UTC")
