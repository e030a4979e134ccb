"""The publish form, with right and wrong files."""

import io

import pytest

from app.choices import Status
from app.db import session
from app.models import Asset
from app.queries import assets
from tests.factories import a_version, an_asset


def sent(content: bytes = b"Some words.", name: str = "notes.txt", **said: str) -> dict:
    """What the form sends."""
    return {"publish": "true", "shareable": "true", **said, "file": (io.BytesIO(content), name)}


def count() -> int:
    """How many assets there are."""
    session.rollback()
    return session.query(Asset).count()


def test_a_file_becomes_a_published_asset(browse, max):
    browse("max").post("/assets", data=sent(title="Acme deck"))
    assert assets.get(max, "acme-deck").status is Status.PUBLISHED


def test_a_file_without_title_is_called_by_its_name(browse, max):
    browse("max").post("/assets", data=sent(name="price_list-2026.txt"))
    assert assets.get(max, "price-list-2026").title == "Price list-2026"


def test_several_files_become_several_assets(browse):
    files = [(io.BytesIO(b"one"), "one.txt"), (io.BytesIO(b"two"), "two.txt")]
    browse("max").post("/assets", data={"file": files})
    assert count() == 2


def test_one_bad_file_does_not_hold_up_the_others(browse):
    files = [(io.BytesIO(b""), "empty.txt"), (io.BytesIO(b"two"), "two.txt")]
    page = browse("max").post("/assets", data={"file": files}).get_data(as_text=True)
    assert count() == 1 and "empty" in page


@pytest.mark.parametrize(
    ("file", "status", "words"),
    [
        (sent(b""), 422, "This file is empty"),
        (sent(b"x" * 1_500_000), 413, "larger than 1 MB"),
        (sent(title="x" * 301), 422, "300 characters"),
        (sent(owner="ghost@example.com"), 422, "ghost@example.com"),
        (sent(kind="poem"), 422, "Kind: Choose one of"),
        (sent(publish_at="2020-01-01"), 422, "not both"),
    ],
)
def test_a_wrong_upload_says_why_and_leaves_nothing(browse, tmp_path, file, status, words):
    answer = browse("max").post("/assets", data=file, headers={"X-Upload": "row"})
    assert (answer.status_code, words in answer.get_data(as_text=True)) == (status, True)
    assert count() == 0
    assert [one for one in (tmp_path / "content").rglob("*") if one.is_file()] == []


def test_nothing_is_lost_without_a_file(browse):
    answer = browse("max").post("/assets", data={"kind": "pricing", "owner": "rae@example.com"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Choose a file first" in page


def test_the_same_file_again_offers_the_asset_that_has_it(browse, max):
    first = an_asset(max, text="Some words.")
    answer = browse("max").post("/assets", data=sent(), headers={"X-Upload": "row"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and f"/assets/{first.slug}/versions/new" in page


def test_the_same_file_again_can_be_insisted_on(browse, max):
    an_asset(max, text="Some words.")
    answer = browse("max").post(
        "/assets", data=sent(allow_duplicate="true"), headers={"X-Upload": "row"}
    )
    assert answer.status_code == 201


def test_a_link_becomes_an_asset(browse, max, rae):
    said = {"url": "https://video.example/1", "title": "Demo video", "publish": "true"}
    browse("max").post("/assets", data=said)
    there = browse("rae").get("/assets/demo-video/file")
    assert (there.status_code, there.location) == (303, "https://video.example/1")


def test_a_script_is_no_link(browse):
    said = {"url": "javascript:alert(1)", "title": "Bad"}
    assert browse("max").post("/assets", data=said).status_code == 422


def test_a_new_version_without_note_keeps_the_form(browse, max):
    asset = an_asset(max)
    answer = browse("max").post(f"/assets/{asset.slug}/versions", data=sent(change_note=" "))
    assert answer.status_code == 422


def test_a_rollback_from_the_versions_page(browse, max):
    asset = an_asset(max)
    a_version(max, asset)
    said = {"to": "1", "change_note": "It was better"}
    browse("max").post(f"/assets/{asset.slug}/rollback", data=said)
    session.rollback()
    assert assets.get(max, asset.id).current_version.number == 3


def test_retiring_asks_for_a_reason(browse, max):
    asset = an_asset(max)
    answer = browse("max").post(f"/assets/{asset.slug}/retire", data={"reason": ""})
    assert answer.status_code == 422


@pytest.mark.parametrize("other", ["acme-deck", "no-such-asset"])
def test_a_replacement_must_be_another_that_exists(browse, max, other):
    an_asset(max, "Acme deck")
    said = {"reason": "Old", "replaced_by": other}
    assert browse("max").post("/assets/acme-deck/retire", data=said).status_code == 422
