"""Feedback by the JSON API: given, seen, accepted, fixed, declined."""

from datetime import timedelta

import pytest

from app.clock import today
from app.db import session, transaction
from tests.factories import a_deal, a_version, an_asset, days_ago, some_feedback

PATH = "/api/v1/feedback"


def test_feedback_names_versions_page_and_deal(call, max, rae):
    a_deal(rae)
    asset = an_asset(max)
    sent = {
        "assets": [{"id": asset.slug, "version": 1}],
        "deal": "ACME-1",
        "verdict": "did_not_help",
        "reaction": "Too long",
        "competitor": "Polarix",
        "quotable": True,
        "note": "They stopped at slide 4",
    }
    made = call("rae").post(PATH, json=sent)
    assert (made.status_code, made.json["state"]) == (201, "open")
    assert made.json["assets"][0]["id"] == asset.id and made.json["assets"][0]["version"] == 1
    same = sent.keys() - {"assets"}
    assert {name: made.json[name] for name in same} == {name: sent[name] for name in same}


@pytest.mark.parametrize(
    "change",
    [
        {"note": ""},
        {"verdict": "meh"},
        {"assets": []},
        {"assets": [{"id": "nothing"}]},
        {"assets": [{"id": "acme-deck", "version": 7}]},
        {"deal": "HIDDEN"},
        {"stars": 5},
    ],
)
def test_wrong_feedback_is_refused(call, max, rob, change):
    a_deal(rob, "HIDDEN")
    an_asset(max, "Acme deck")
    sent = {"assets": [{"id": "acme-deck"}], "verdict": "wrong", "note": "No", **change}
    assert call("rae").post(PATH, json=sent).status_code == 422


def test_what_is_missing_may_be_about_no_piece(call):
    sent = {"assets": [], "verdict": "missing", "note": "Nothing on TempWise"}
    assert call("rae").post(PATH, json=sent).status_code == 201


def test_the_deal_is_hidden_from_those_who_may_not_see_it(call, max, rae):
    a_deal(rae)
    some_feedback(rae, an_asset(max), deal="ACME-1")
    assert call("rob").get(PATH).json["items"][0]["deal"] is None
    assert call("rob").get(f"{PATH}?deal=ACME-1").json["total"] == 0
    assert call("mia").get(f"{PATH}?deal=ACME-1").json["items"][0]["deal"] == "ACME-1"


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("asset=acme-deck", 1),
        ("asset=none", 0),
        ("state=open", 2),
        ("state=fixed&state=declined", 0),
        ("verdict=helped", 1),
    ],
)
def test_a_list_is_narrowed_by_filters(call, max, rae, query, total):
    some_feedback(rae, an_asset(max, "Acme deck"))
    some_feedback(rae, an_asset(max, "Other"), verdict="helped")
    assert call("rob").get(f"{PATH}?{query}").json["total"] == total


def test_feedback_is_accepted_then_fixed_in_a_version(call, max, rae):
    asset = an_asset(max)
    path = f"{PATH}/{some_feedback(rae, asset).id}"
    a_version(max, asset)
    client = call("max")
    assert client.post(f"{path}/accept").json["state"] == "accepted"
    fixed = client.post(f"{path}/fix", json={"version": 2})
    assert (fixed.json["state"], fixed.json["fixed_in"]["version"]) == ("fixed", 2)
    assert client.post(f"{path}/fix", json={"version": 2}).status_code == 200


def test_feedback_is_declined_with_a_reason(call, max, rae):
    path = f"{PATH}/{some_feedback(rae, an_asset(max)).id}/decline"
    client = call("max")
    assert client.post(path, json={}).status_code == 422
    assert client.post(path, json={"reason": "It is right"}).json["reason"] == "It is right"
    assert client.post(path, json={"reason": "Other words"}).status_code == 409


@pytest.mark.parametrize("answer", ["accept", "fix", "decline"])
def test_an_answer_stands(call, max, rae, answer):
    asset = an_asset(max)
    path = f"{PATH}/{some_feedback(rae, asset).id}"
    a_version(max, asset)
    client = call("max")
    client.post(f"{path}/decline", json={"reason": "It is right"})
    sent = {"fix": {"version": 2}, "decline": {"reason": "No"}}.get(answer)
    assert client.post(f"{path}/{answer}", json=sent).status_code == 409


@pytest.mark.parametrize("number", [1, 2, 3])
def test_only_a_newer_published_version_fixes(call, max, rae, number):
    asset = an_asset(max)
    path = f"{PATH}/{some_feedback(rae, asset).id}/fix"
    a_version(max, asset, publish=False)
    assert call("max").post(path, json={"version": number}).status_code == 422


def test_of_several_pieces_the_fixed_one_is_named(call, max, rae):
    one, two = an_asset(max, "One"), an_asset(max, "Two")
    about = [{"id": one.id}, {"id": two.id}]
    path = f"{PATH}/{some_feedback(rae, one, assets=about).id}/fix"
    a_version(max, two)
    client = call("max")
    assert client.post(path, json={"version": 2}).status_code == 422
    assert client.post(path, json={"version": 2, "asset": "two"}).json["fixed_in"]["slug"] == "two"


@pytest.mark.parametrize(
    ("name", "status"), [("rae", 403), ("mia", 403), ("rob", 200), ("max", 200)]
)
def test_the_owner_of_the_piece_and_marketing_answer(call, max, rae, name, status):
    asset = an_asset(max, owner="rob@example.com")
    path = f"{PATH}/{some_feedback(rae, asset).id}/accept"
    assert call(name).post(path).status_code == status


def came(note, days):
    """Let a note be so many days old."""
    with transaction():
        session.merge(note).created_at = days_ago(days)


def test_a_list_is_narrowed_to_what_nobody_has_answered(call, max, rae):
    asset = an_asset(max)
    some_feedback(rae, asset, verdict="helped")
    waits, done = some_feedback(rae, asset), some_feedback(rae, asset)
    call("max").post(f"{PATH}/{done.id}/decline", json={"reason": "It is right"})
    found = call("rob").get(f"{PATH}?unanswered=true").json
    assert ([one["id"] for one in found["items"]], found["total"]) == ([waits.id], 1)


def test_a_list_is_narrowed_to_the_days_on_which_it_came(call, max, rae):
    old, _ = (some_feedback(rae, an_asset(max, title)) for title in ("One", "Other"))
    came(old, 30)
    day = (today() - timedelta(days=30)).isoformat()
    for query, total in ((f"to={day}", 1), (f"from={day}", 2), (f"from={day}&to={day}", 1)):
        assert call("rob").get(f"{PATH}?{query}").json["total"] == total


def test_a_list_is_narrowed_to_the_pieces_of_a_team(call, max, rae, rob):
    some_feedback(rae, an_asset(max, "Of South", owner="rob@example.com"))
    some_feedback(rae, an_asset(max, "Of North"))
    some_feedback(rae, an_asset(max), assets=[], verdict="missing")
    totals = {"": 3, "about_piece=true": 2, "team=South": 1, "team=North": 1}
    assert {query: call("mia").get(f"{PATH}?{query}").json["total"] for query in totals} == totals


@pytest.mark.parametrize(
    ("query", "status"), [("team=South", 403), ("team=Nowhere", 422), ("from=2026-02-01&to=x", 422)]
)
def test_a_rep_asks_for_the_own_team_alone(call, query, status):
    assert call("rae").get(f"{PATH}?{query}").status_code == status
