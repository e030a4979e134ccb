"""Idempotency-Key: done once, answered the same again."""

import io
from datetime import timedelta

import pytest

from app.clock import now
from app.db import session, transaction
from app.models import Asset, Feedback, IdempotencyKey
from app.services import idempotency
from tests.factories import an_asset

PATH = "/api/v1/feedback"
SENT = {"assets": [], "verdict": "missing", "note": "Nothing on TempWise"}
KEY = {"Idempotency-Key": "one"}


def test_the_same_post_twice_is_done_once(call):
    client = call("rae")
    first, second = (client.post(PATH, json=SENT, headers=KEY) for _ in range(2))
    assert (second.status_code, second.json) == (201, first.json)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert session.query(Feedback).count() == 1


def test_without_a_key_it_is_done_twice(call):
    client = call("rae")
    assert client.post(PATH, json=SENT).json["id"] != client.post(PATH, json=SENT).json["id"]


def test_a_refusal_is_given_again_too(call):
    client, wrong = call("rae"), {**SENT, "verdict": "meh"}
    first, second = (client.post(PATH, json=wrong, headers=KEY) for _ in range(2))
    assert (first.status_code, second.status_code) == (422, 422)
    assert (second.json, second.mimetype) == (first.json, "application/problem+json")


@pytest.mark.parametrize("change", [{"note": "Other"}, {"reaction": ""}])
def test_another_body_with_the_same_key_is_refused(call, change):
    client = call("rae")
    client.post(PATH, json=SENT, headers=KEY)
    assert client.post(PATH, json={**SENT, **change}, headers=KEY).status_code == 422


def test_a_key_belongs_to_its_token(call):
    call("rae").post(PATH, json=SENT, headers=KEY)
    assert call("rob").post(PATH, json=SENT, headers=KEY).json["person"]["name"] == "Rob"


@pytest.mark.parametrize("key", ["", "x" * 256, "é"])
def test_a_key_must_be_plain(call, key):
    answer = call("rae").post(PATH, json=SENT, headers={"Idempotency-Key": key})
    assert answer.status_code == 422


def test_after_a_day_a_key_is_new(call):
    client = call("rae")
    client.post(PATH, json=SENT, headers=KEY)
    with transaction():
        session.query(IdempotencyKey).update({"claimed_at": now() - timedelta(hours=25)})
    assert "Idempotency-Replayed" not in client.post(PATH, json=SENT, headers=KEY).headers


def unanswered(**state):
    """Make the only key one whose first call has not been answered."""
    with transaction():
        session.query(IdempotencyKey).update({"status": None, **state})


def test_while_the_first_is_under_way_the_second_waits(call):
    client = call("rae")
    client.post(PATH, json=SENT, headers=KEY)
    unanswered(is_committed=False)
    assert client.post(PATH, json=SENT, headers=KEY).status_code == 409


def test_a_first_call_that_died_before_its_commit_is_done_again(call):
    client = call("rae")
    client.post(PATH, json=SENT, headers=KEY)
    unanswered(is_committed=False, claimed_at=now() - timedelta(minutes=2))
    assert client.post(PATH, json=SENT, headers=KEY).status_code == 201


def test_a_first_call_that_died_after_its_commit_is_never_done_again(call):
    client = call("rae")
    client.post(PATH, json=SENT, headers=KEY)
    unanswered(claimed_at=now() - timedelta(minutes=2))
    assert client.post(PATH, json=SENT, headers=KEY).status_code == 409
    assert session.query(Feedback).count() == 1


def test_whoever_lost_the_claim_commits_nothing(call, monkeypatch):
    mark = idempotency.mark

    def lose(claim):
        session.query(IdempotencyKey).update({"claimed_at": now()})
        mark(claim)

    monkeypatch.setattr(idempotency, "mark", lose)
    assert call("rae").post(PATH, json=SENT, headers=KEY).status_code == 409
    assert session.query(Feedback).count() == 0


def test_an_upload_sent_twice_makes_one_asset(call):
    client = call("max")

    def send(content):
        data = {"title": "Deck", "file": (io.BytesIO(content), "deck.txt")}
        return client.post("/api/v1/assets", data=data, headers=KEY)

    assert send(b"words").json == send(b"words").json
    assert send(b"other words").status_code == 422
    assert session.query(Asset).count() == 1


def test_if_match_guards_an_asset(call, max):
    an_asset(max, "Acme deck")
    client, path = call("max"), "/api/v1/assets/acme-deck"
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    first = client.patch(path, json={"summary": "New"}, headers={"If-Match": tag})
    assert first.status_code == 200
    assert client.patch(path, json={"summary": "x"}, headers={"If-Match": tag}).status_code == 412
    tag = first.headers["ETag"]
    assert (
        client.post(f"{path}/retire", json={"reason": "x"}, headers={"If-Match": tag}).status_code
        == 200
    )


def test_a_replay_has_the_etag_of_the_first_answer(call):
    client = call("max")
    data = {"title": "Link", "url": "https://example.com/x"}
    sent = {"data": data, "content_type": "multipart/form-data", "headers": KEY}
    first, second = (client.post("/api/v1/assets", **sent) for _ in range(2))
    assert first.headers["ETag"] == second.headers["ETag"]


def test_who_may_not_change_an_asset_hears_that_first(call, max):
    an_asset(max, "Acme deck")
    answer = call("rae").patch("/api/v1/assets/acme-deck", json={}, headers={"If-Match": '"x"'})
    assert answer.status_code == 403


def test_a_stale_read_is_told_as_a_problem(call, max):
    an_asset(max, "Acme deck")
    answer = call("rae").get("/api/v1/assets/acme-deck", headers={"If-Match": '"x"'})
    assert (answer.status_code, answer.mimetype) == (412, "application/problem+json")


def test_one_of_several_etags_will_do(call, max):
    an_asset(max, "Acme deck")
    client, path = call("max"), "/api/v1/assets/acme-deck"
    tags = f'"b", {client.get(path).headers["ETag"]}'
    assert client.patch(path, json={"summary": "x"}, headers={"If-Match": tags}).status_code == 200
