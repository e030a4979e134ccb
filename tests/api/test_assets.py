"""Assets by the JSON API."""

import io

import pytest

from app.db import session
from app.models import AuditLine
from tests import places
from tests.factories import a_deck, a_draft, a_version, an_asset, read_all


def make(client, content: bytes = b"Some words.", name: str = "notes.txt", **said):
    """Send an asset."""
    return client.post("/api/v1/assets", data={**said, "file": (io.BytesIO(content), name)})


def test_making_and_publishing_in_one_call(call):
    answer = make(call("max"), title="Acme deck", publish="true", stages=["desire", "sale"])
    asset = answer.json
    assert answer.status_code == 201
    assert (asset["status"], asset["stages"], asset["current_version"]["number"]) == (
        "published",
        ["desire", "sale"],
        1,
    )


def test_an_asset_answers_with_exactly_these_fields(call):
    assert set(make(call("max"), title="Acme deck").json) == set(
        "id slug title kind summary use_it_when say_this status shareable owner stages personas "
        "products industries segments regions competitors tags review_by publish_at expires_on "
        "replaced_by current_version versions_count created_at updated_at links".split()
    )


def test_a_version_answers_with_exactly_these_fields(call, max):
    an_asset(max, "Acme deck")
    assert set(call("rae").get("/api/v1/assets/acme-deck/versions/1").json) == set(
        "number filename media_type size sha256 url pages text_state text_problem change_note "
        "is_current created_by created_at published_at".split()
    )


def test_a_draft_has_no_current_version_and_no_file(call):
    client = call("max")
    asset = make(client).json
    assert asset["current_version"] is None and asset["versions_count"] == 1
    assert client.get(f"/api/v1/assets/{asset['id']}/file").status_code == 404


def test_a_title_of_digits_stays_text(call):
    assert make(call("max"), title="2026").json["title"] == "2026"


def test_the_same_bytes_are_refused_with_their_place(call):
    client = call("max")
    first = make(client).json
    again = make(client)
    assert (again.status_code, again.json["duplicate_of"]["id"]) == (409, first["id"])
    assert make(client, allow_duplicate="true").status_code == 201


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [(b"", "empty.txt", 422), (b"x" * 1_500_000, "big.bin", 413), (b"x" * 3_000_000, "b.bin", 413)],
)
def test_a_file_that_cannot_be_taken(call, content, name, status):
    assert make(call("max"), content, name).status_code == status


def test_changing_keeps_what_is_left_out(call, max):
    an_asset(max, "Acme deck", summary="Kept", tags=["one"])
    changed = call("max").patch("/api/v1/assets/acme-deck", json={"title": "New"}).json
    assert (changed["title"], changed["summary"], changed["tags"]) == ("New", "Kept", ["one"])


def test_facets_are_compared_without_case(call, max):
    an_asset(max, tags=["SaaS", "saas", "Cloud"])
    found = call("rae").get("/api/v1/assets?tag=SAAS").json
    assert found["items"][0]["tags"] == ["SaaS", "Cloud"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=deck", ["A"]),
        ("kind=deck&kind=pricing", ["B", "A"]),
        ("kind=deck&stage=sale", []),
        ("stage=desire", ["A"]),
        ("shareable=false", ["B"]),
        ("owner=rob@example.com", ["B"]),
        ("status=published", ["B", "A"]),
        ("updated_since=2999-01-01T00:00:00Z", []),
    ],
)
def test_filters(call, max, query, titles):
    an_asset(max, "A", kind="deck", stages=["desire"])
    an_asset(max, "B", kind="pricing", shareable=False, owner="rob@example.com")
    a_draft(max, "Hidden", kind="deck")
    found = call("rae").get(f"/api/v1/assets?{query}").json
    assert [item["title"] for item in found["items"]] == titles


def test_a_new_version_is_current_at_once(call, max):
    asset = an_asset(max)
    sent = {"change_note": "Better", "file": (io.BytesIO(b"new"), "n.txt")}
    version = call("max").post(f"/api/v1/assets/{asset.id}/versions", data=sent).json
    assert (version["number"], version["is_current"]) == (2, True)
    assert call("rae").get(f"/api/v1/assets/{asset.id}/file").data == b"new"


def test_a_version_needs_a_note(call, max):
    asset = an_asset(max)
    sent = {"file": (io.BytesIO(b"new"), "n.txt")}
    assert call("max").post(f"/api/v1/assets/{asset.id}/versions", data=sent).status_code == 422


def test_a_waiting_version_is_not_counted_for_reps(call, max):
    asset = an_asset(max)
    a_version(max, asset, publish=False)
    counts = [
        call(who).get(f"/api/v1/assets/{asset.id}").json["versions_count"] for who in ("rae", "max")
    ]
    assert counts == [1, 2]


def test_pages_with_titles_text_and_notes(call, max):
    sent = {"file": (io.BytesIO(a_deck("Pricing: The plan", notes="Ask")), "d.pptx")}
    asset = (
        call("max").post("/api/v1/assets", data={"title": "Deck", "publish": "true", **sent}).json
    )
    read_all()
    page = call("rae").get(f"/api/v1/assets/{asset['id']}/versions/1/pages").json["items"][0]
    assert (page["number"], page["title"], page["speaker_notes"]) == (1, "Pricing", "Ask")
    assert "The plan" in page["text"]


def test_retiring_and_restoring(call, max):
    asset, other = an_asset(max), an_asset(max, "Other")
    client = call("max")
    retired = client.post(
        f"/api/v1/assets/{asset.id}/retire", json={"reason": "Old", "replaced_by": other.id}
    ).json
    assert (retired["status"], retired["replaced_by"]["slug"]) == ("retired", "other")
    restored = client.post(f"/api/v1/assets/{asset.id}/restore").json
    assert (restored["status"], restored["replaced_by"]) == ("published", None)


def test_going_back_to_an_old_version(call, max):
    asset = an_asset(max, text="First.")
    a_version(max, asset, "Second.")
    client = call("max")
    client.post(f"/api/v1/assets/{asset.id}/rollback", json={"to": 1, "change_note": "Better"})
    assert client.get(f"/api/v1/assets/{asset.id}/file").data == b"First."


def test_every_change_is_in_the_audit_log(call):
    client = call("max")
    place = f"/api/v1/assets/{make(client, publish='true').json['id']}"
    client.patch(place, json={"title": "New"})
    client.get(f"{place}/file")
    client.post(f"{place}/retire", json={"reason": "Old"})
    client.post(f"{place}/restore")
    actions = [line.action for line in session.query(AuditLine).order_by(AuditLine.id)]
    assert actions[-7:] == [
        "version.added",
        "asset.created",
        "version.published",
        "asset.changed",
        "version.downloaded",
        "asset.retired",
        "asset.restored",
    ]


@pytest.mark.parametrize(("wanted", "status"), [('"x"', 412), ("*", 200)])
def test_only_the_file_that_is_wanted_is_given(call, max, wanted, status):
    asset = an_asset(max, text="Some words.")
    answer = call("rae").get(f"/api/v1/assets/{asset.id}/file", headers={"If-Match": wanted})
    assert answer.status_code == status
    assert (answer.data == b"Some words.") is (status == 200)


@pytest.mark.parametrize(
    "url",
    ["http://[", "https://a:99999/", "https://a:b/", "http://a..b", "ftp://x.y", "javascript:1",
     f"https://{'x' * 70}.com", "https://.", "http://\u2100.com"],
)  # fmt: skip
def test_a_link_must_be_one_that_a_browser_can_follow(call, url):
    assert call("max").post("/api/v1/assets", data={"url": url, "title": "L"}).status_code == 422


def test_a_link_in_capitals_is_a_link(call):
    sent = {"url": "HTTPS://Example.com/x", "title": "L"}
    assert call("max").post("/api/v1/assets", data=sent).status_code == 201


@pytest.mark.parametrize("files", [2, 0])
def test_one_file_and_as_a_file(call, files):
    parts = [(io.BytesIO(bytes([n])), "a.txt") for n in range(files)] or "just text"
    answer = call("max").post("/api/v1/assets", data={"title": "x", "file": parts})
    assert answer.json["fields"] == {
        "file": ["Send one file, as a part of its own with a file name."]
    }


@places.folder_only
def test_a_store_that_cannot_be_written_is_told_and_nothing_is_left(call, tmp_path):
    staging = tmp_path / "content" / ".staging"
    staging.rename(tmp_path / "content" / "elsewhere")
    answer = make(call("max"))
    assert answer.status_code == 503 and "flask doctor" in answer.json["detail"]
    assert call("max").get("/api/v1/assets").json["total"] == 0


def test_a_form_of_too_much_text_is_not_called_a_file(call):
    answer = make(call("max"), summary="x" * 600_000)
    assert answer.status_code == 413 and "file" not in answer.json["detail"]
