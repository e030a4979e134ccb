"""Files that lie in S3: taken in, given out, and what an outage does."""

import io
import urllib.request

import pytest

from app.db import session
from app.models import Activity, Asset
from app.queries import assets
from tests.backends.storage.test_stores import leftovers
from tests.factories import a_file, a_retired_asset, an_asset, read_all


@pytest.fixture(autouse=True)
def store(s3_store):
    """Every file of these tests lies in S3."""
    return s3_store


def upload(client, content: bytes = b"Some words."):
    """Send a file by the API."""
    sent = {"file": (io.BytesIO(content), "notes.txt"), "title": "Acme deck", "publish": "true"}
    return client.post("/api/v1/assets", data=sent)


def outside(address: str):
    """What somebody hears who goes where the hub sends them."""
    return urllib.request.urlopen(address)


def test_what_was_uploaded_is_read_and_given_out(call):
    assert upload(call("max")).status_code == 201
    read_all()
    client = call("rae")
    assert client.get("/api/v1/assets/acme-deck/versions/1").json["text_state"] == "ready"
    there = client.get("/api/v1/assets/acme-deck/file")
    assert there.status_code == 303 and there.headers["Cache-Control"] == "private, no-store"
    with outside(there.location) as answer:
        assert answer.read() == b"Some words."
        assert 'filename="Acme deck v1.txt"' in answer.headers["Content-Disposition"]


def test_the_same_bytes_are_here_already(call, store):
    upload(call("max"))
    assert upload(call("max")).status_code == 409
    assert len(list(store.hashes())) == 1 and leftovers(store) == 0


def test_a_name_of_other_letters_is_kept(browse, max):
    an_asset(max, "Übersicht für Köln", file=a_file(b"words", "a.txt"))
    there = browse("rae").get("/assets/ubersicht-fur-koln/file")
    with outside(there.location) as answer:
        assert "%C3%9Cbersicht%20f%C3%BCr%20K%C3%B6ln" in answer.headers["Content-Disposition"]


def test_a_part_is_served_and_noted_once(browse, max):
    asset = an_asset(max, text="0123456789")
    client = browse("rae")
    for part in ("bytes=0-4", "bytes=5-9"):
        there = client.get(f"/assets/{asset.slug}/file", headers={"Range": part})
    asked = urllib.request.Request(there.location, headers={"Range": "bytes=5-9"})
    assert urllib.request.urlopen(asked).read() == b"56789"
    assert session.query(Activity).filter_by(deed="downloaded").count() == 1


def test_having_it_already_is_no_download_and_shows_no_address(browse, max):
    asset = an_asset(max)
    client = browse("rae")
    tag = client.get(f"/assets/{asset.slug}/file").headers["ETag"]
    assert tag.strip('"') == assets.get(max, asset.id).current_version.sha256
    again = client.get(f"/assets/{asset.slug}/file", headers={"If-None-Match": tag})
    assert (again.status_code, again.location, again.data) == (304, None, b"")
    assert session.query(Activity).filter_by(deed="downloaded").count() == 1


def test_wanting_another_file_than_this_is_refused(browse, max):
    asset = an_asset(max)
    answer = browse("rae").get(f"/assets/{asset.slug}/file", headers={"If-Match": '"other"'})
    assert answer.status_code == 412 and answer.location is None


def test_asking_about_a_file_is_answered_here(browse, max):
    asset = an_asset(max, "Acme deck", text="Some words.")
    answer = browse("rae").head(f"/assets/{asset.slug}/file")
    assert (answer.status_code, answer.headers["Content-Length"], answer.data) == (200, "11", b"")
    assert "Acme deck v1.txt" in answer.headers["Content-Disposition"]
    assert session.query(Activity).filter_by(deed="downloaded").count() == 0


@pytest.mark.parametrize("name", ["page.html", "drawing.svg"])
def test_nothing_active_is_served_as_such(browse, max, name):
    file = a_file("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", name)
    there = browse("rae").get(f"/assets/{an_asset(max, file=file).slug}/file")
    with outside(there.location) as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_retired_file_is_not_given_nor_its_address(call, max):
    asset = a_retired_asset(max)
    answer = call("rae").get(f"/api/v1/assets/{asset.id}/file")
    assert answer.status_code == 409
    assert answer.location is None and b"X-Amz" not in answer.data


def test_a_missing_file_is_told_here(call, max, store):
    asset = an_asset(max)
    sha256 = asset.current_version.sha256
    store._clients.patient().delete_object(**store._at(sha256))
    answer = call("rae").get(f"/api/v1/assets/{asset.id}/file")
    assert answer.status_code == 503 and "could not be found" in answer.json["detail"]


def test_a_store_that_is_not_among_the_settings_is_told_as_missing(call, max):
    asset = an_asset(max)
    asset.current_version.store = "s3://elsewhere/"
    session.commit()
    assert call("rae").get(f"/api/v1/assets/{asset.id}/file").status_code == 503


@pytest.mark.parametrize("answer", [500, "cut", "stall"])
def test_an_outage_while_uploading_is_told_and_leaves_nothing(call, s3_proxy, store, answer):
    client = call("max")
    s3_proxy.fail(answer)
    refused = upload(client)
    assert refused.status_code == 503 and "cannot store files just now" in refused.json["detail"]
    s3_proxy.heal()
    assert session.query(Asset).count() == 0 and list(store.hashes()) == []
    assert upload(client).status_code == 201


@pytest.mark.parametrize("answer", [500, "cut", "stall"])
def test_an_outage_at_the_last_moment_leaves_nothing(call, s3_proxy, store, answer):
    client = call("max")
    s3_proxy.fail(answer, lambda one: one.is_end)
    assert upload(client).status_code == 503
    s3_proxy.heal()
    assert session.query(Asset).count() == 0 and list(store.hashes()) == []


@pytest.mark.parametrize("answer", [500, "cut", "stall"])
def test_an_outage_while_downloading_is_told_and_all_else_works(call, max, s3_proxy, answer):
    asset = an_asset(max)
    client = call("rae")
    s3_proxy.fail(answer)
    refused = client.get(f"/api/v1/assets/{asset.id}/file")
    assert refused.status_code == 503 and "cannot reach its files" in refused.json["detail"]
    assert client.get(f"/api/v1/assets/{asset.id}").status_code == 200


def test_an_outage_is_told_where_machines_look(app, s3_proxy):
    s3_proxy.fail(500)
    assert app.test_client().get("/readyz").status_code == 503
