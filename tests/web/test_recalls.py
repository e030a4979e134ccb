"""Recalls and the inbox, on pages and in calls."""

import csv
import io

import pytest

from app.db import session
from app.models import AuditLine, Recall
from app.worker.telling import tell_recall
from tests.factories import (
    a_deal,
    a_download,
    a_use,
    a_version,
    an_asset,
    elsewhere,
    read_all,
)


@pytest.fixture
def recalled(max, rae, rob):
    """A recall that rae and rob were told of; rob holds it by a deal that rae may not see."""
    asset = an_asset(max, "Acme deck")
    a_download(rae, asset)
    a_use(rob, a_deal(rob, "R-1", name="=Hidden", account="SecretCo"), asset, "shared")
    a_version(max, asset, recall="must_replace")
    read_all()
    recall_id = session.query(Recall).one().id
    elsewhere(lambda: tell_recall(recall_id))
    return recall_id


def test_the_bell_counts_what_is_new_until_it_is_opened(recalled, browse):
    client = browse("rae")
    assert "Inbox, 1 new" in client.get("/").text
    page = client.get("/inbox").text
    assert "Replace your copy of “Acme deck”" in page
    there = client.get("/inbox/1")
    assert there.location == f"/recalls/{recalled}"
    assert "Inbox, 1 new" not in client.get("/").text


def test_everything_can_be_marked_as_seen(recalled, browse, call):
    browse("rae").post("/inbox/seen")
    [notice] = call("rae").get("/api/v1/notices").json["items"]
    assert notice["seen_at"] and notice["kind"] == "recall"


def test_a_holder_sees_their_own_place_and_no_others(recalled, browse, call):
    page = browse("rae").get(f"/recalls/{recalled}").text
    assert "Done, mine are replaced" in page and "SecretCo" not in page and "Rob" not in page
    answer = call("rae").get(f"/api/v1/recalls/{recalled}").json
    assert [one["person"]["name"] for one in answer["holders"]] == ["Rae"]
    assert answer["holders_count"] is None


def test_done_is_said_once_and_in_the_audit_log(recalled, browse):
    client = browse("rae")
    for _ in range(2):
        assert client.post(f"/recalls/{recalled}/done").status_code == 303
    assert "your copies are replaced" in client.get(f"/recalls/{recalled}").text
    assert session.query(AuditLine).filter_by(action="recall.done").count() == 1
    assert "Replace what you hold" not in client.get("/").text


def test_whoever_looks_after_it_sees_the_list_and_takes_it_along(recalled, browse, call):
    assert "0 of 2 done" in browse("max").get(f"/recalls/{recalled}").text
    text = browse("max").get(f"/recalls/{recalled}.csv").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    told = {(row["person"], row["why"], row["deal"]) for row in rows}
    assert ("Rob", "open_deal", "'=Hidden") in told and ("Rae", "downloaded", "") in told
    [line] = call("max").get("/api/v1/recalls?open=true").json["items"]
    assert (line["holders_count"], line["done_count"]) == (2, 0)


def test_a_marketer_says_it_for_somebody(recalled, browse, person):
    client = browse("max")
    for name in ("rae", "rob"):
        client.post(f"/recalls/{recalled}/holders/{person(name).id}/done")
    page = client.get(f"/recalls/{recalled}").text
    assert "2 of 2 done" in page and "said by" in page and "was closed" in page


def test_whoever_wants_no_mail_says_so_on_their_account(browse, rae):
    client = browse("rae")
    client.post("/account/mail", data={})
    assert session.merge(rae).wants_mail is False
    client.post("/account/mail", data={"mail": "true"})
    assert session.merge(rae).wants_mail is True
    assert session.query(AuditLine).filter_by(action="person.mail_changed").count() == 2


def test_the_version_form_says_how_many_hold_the_one_before(max, rae, browse):
    a_download(rae, an_asset(max, "Acme deck"))
    page = browse("max").get("/assets/acme-deck/versions/new").text
    assert "1 person downloaded or shared it" in page


def test_two_who_publish_at_once_lose_nothing(max, browse):
    an_asset(max, "Acme deck")
    client = browse("max")
    for words in (b"Mine", b"Yours"):
        sent = {"change_note": "Newer", "publish": "true", "after": "1"}
        client.post(
            "/assets/acme-deck/versions", data={**sent, "file": (io.BytesIO(words), "n.txt")}
        )
    page = client.get("/assets/acme-deck/versions").text
    assert "Somebody else published a version" in page and "Waiting to be published" in page


def test_a_kind_is_settled_and_a_wrong_number_is_told(browse):
    client = browse("ada")
    answer = client.post("/admin/kinds/deck", data={"review_days": "0"})
    assert answer.status_code == 422 and 'value="0"' in answer.text
    client.post("/admin/kinds/deck", data={"review_days": "45", "needs_field_review": "true"})
    assert 'value="45"' in client.get("/admin/kinds").text
