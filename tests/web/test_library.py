"""An asset's pages and files."""

from datetime import UTC, datetime

import pytest

from app import clock
from app.db import session
from app.models import Activity, AuditLine
from app.queries import assets
from tests import places
from tests.factories import a_deck, a_draft, a_file, a_retired_asset, an_asset, read_all, settle


def test_an_asset_shows_the_text_of_its_pages(browse, max):
    deck = a_file(a_deck("Pricing: The walrus plan", notes="Ask first"), "deck.pptx")
    asset = an_asset(max, "Deck", file=deck)
    read_all()
    page = browse("rae").get(f"/assets/{asset.slug}").get_data(as_text=True)
    assert "The walrus plan" in page and "Ask first" in page and 'id="page=1"' in page


def test_a_retired_asset_points_to_what_replaced_it(browse, max):
    new = an_asset(max, "Fresh deck")
    old = a_retired_asset(max, replaced_by=new.slug)
    page = browse("rae").get(f"/assets/{old.slug}").get_data(as_text=True)
    assert f"/assets/{new.slug}" in page and "It is wrong" in page


@places.folder_only
def test_a_download_is_named_and_marked(browse, max):
    asset = an_asset(max, "Acme deck", text="Some words.")
    answer = browse("rae").get(f"/assets/{asset.slug}/file")
    assert answer.data == b"Some words."
    assert "Acme deck v1.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["ETag"].strip('"') == assets.get(max, asset.id).current_version.sha256


def test_a_download_is_noted_once(browse, max, rae):
    asset = an_asset(max)
    browse("rae").get(f"/assets/{asset.slug}/file")
    noted = session.query(Activity).filter_by(user_id=rae.id, deed="downloaded").count()
    audited = session.query(AuditLine).filter_by(action="version.downloaded").count()
    assert (noted, audited) == (1, 1)


@places.folder_only
def test_having_it_already_is_no_download(browse, max):
    asset = an_asset(max)
    client = browse("rae")
    tag = client.get(f"/assets/{asset.slug}/file").headers["ETag"]
    again = client.get(f"/assets/{asset.slug}/file", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert session.query(Activity).filter_by(deed="downloaded").count() == 1


def test_a_range_is_served(browse, max):
    asset = an_asset(max, text="0123456789")
    part = browse("rae").get(f"/assets/{asset.slug}/file", headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.data) == (206, b"234")


@places.folder_only
@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "feed.xml"])
def test_nothing_active_is_served_as_such(browse, max, name):
    file = a_file("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", name)
    asset = an_asset(max, "Active", file=file)
    headers = browse("rae").get(f"/assets/{asset.slug}/file").headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_look_is_noted_once_a_day(browse, max, rae):
    asset = an_asset(max)
    client = browse("rae")
    client.get(f"/assets/{asset.slug}")
    client.get(f"/assets/{asset.slug}")
    assert session.query(Activity).filter_by(user_id=rae.id, deed="viewed").count() == 1


def test_editing_changes_what_is_said(browse, max):
    asset = an_asset(max)
    sent = {"title": "New title", "kind": "deck", "stages": "desire, sale", "shareable": "true"}
    browse("max").post(f"/assets/{asset.slug}/edit", data=sent)
    session.rollback()
    changed = assets.get(max, asset.id)
    assert (changed.title, changed.facets["stages"]) == ("New title", ["desire", "sale"])


def test_a_form_with_a_mistake_keeps_everything_that_was_filled_in(browse, max):
    asset = an_asset(max)
    sent = {"title": "Kept title", "review_by": "never", "summary": "Kept summary"}
    answer = browse("max").post(f"/assets/{asset.slug}/edit", data=sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Kept title" in page and "Kept summary" in page


def test_the_first_page_shows_what_is_new_and_hides_drafts(browse, max):
    an_asset(max, "Brand new deck")
    a_draft(max, "Secret draft")
    page = browse("rae").get("/").get_data(as_text=True)
    assert "Brand new deck" in page and "Secret draft" not in page


def test_a_part_after_the_first_today_is_no_second_download(browse, max):
    asset = an_asset(max, text="0123456789")
    client = browse("rae")
    for part in ("bytes=1-4", "bytes=5-9"):
        client.get(f"/assets/{asset.slug}/file", headers={"Range": part})
    client.head(f"/assets/{asset.slug}/file")
    assert session.query(Activity).filter_by(deed="downloaded").count() == 1


def test_a_retired_link_is_not_given_out(browse, call, max):
    said = {"url": "https://video.example/secret", "title": "Demo", "publish": "true"}
    browse("max").post("/assets", data=said)
    browse("max").post("/assets/demo/retire", data={"reason": "Old"})
    page = browse("rae").get("/assets/demo").get_data(as_text=True)
    answer = call("rae").get("/api/v1/assets/demo").get_data(as_text=True)
    assert "video.example" not in page + answer
    assert "video.example" in call("max").get("/api/v1/assets/demo").get_data(as_text=True)


def test_a_value_with_a_comma_survives_the_form(browse, max):
    asset = an_asset(max, competitors=["Acme, Inc.", "Other"])
    client = browse("max")
    page = client.get(f"/assets/{asset.slug}/edit").get_data(as_text=True)
    assert "Acme, Inc.; Other;" in page
    sent = {"title": "Deck", "competitors": "Acme, Inc.; Other;"}
    client.post(f"/assets/{asset.slug}/edit", data=sent)
    assert assets.get(max, asset.id).facets["competitors"] == ["Acme, Inc.", "Other"]


def test_saving_the_form_does_not_move_a_planned_publication(browse, max):
    clock.use_time_zone("Europe/Berlin")
    try:
        year = clock.today().year + 1
        planned = datetime(year, 1, 31, 23, 0, tzinfo=UTC)
        draft = a_draft(max, publish_at=planned)
        client = browse("max")
        assert f'value="{year}-02-01"' in client.get(f"/assets/{draft.slug}/edit").text
        client.post(
            f"/assets/{draft.slug}/edit", data={"title": "New", "publish_at": f"{year}-02-01"}
        )
        assert assets.get(max, draft.id).publish_at == planned
    finally:
        clock.use_time_zone("UTC")


def test_a_hit_offers_its_file_and_to_log_a_use(browse, max):
    an_asset(max, "Acme deck")
    settle()
    page = browse("rae").get("/search?q=acme").text
    assert "/assets/acme-deck/file" in page and "/assets/acme-deck/use" in page
