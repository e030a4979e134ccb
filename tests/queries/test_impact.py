"""What a retirement would touch, before it is done."""

from sqlalchemy import text

from app import schema
from app.db import session
from app.models import Page
from app.text import fingerprint
from tests.factories import (
    a_deal,
    a_deck,
    a_file,
    a_retired_asset,
    a_use,
    an_asset,
    days_ago,
    read_all,
)

SAME = "Security: Audited every year by somebody who is not us"
ONE = a_deck("Welcome: Our company at a glance since it began", SAME, "Thanks: Bye")
OTHER = a_deck(SAME, "Price: Ninety euros a month for every sensor", "Thanks: Bye")


def impact(client, asset):
    """The answer for an asset."""
    return client.get(f"/api/v1/assets/{asset.id}/impact").json


def test_open_deals_are_counted_with_their_amounts_apart_by_currency(call, max, rae):
    asset = an_asset(max)
    for number, money in enumerate([("100.00", "EUR"), ("50.00", "EUR"), ("7", "JPY")]):
        amount = {"amount": money[0], "currency": money[1]}
        a_use(rae, a_deal(rae, f"D{number}", amount=amount), asset)
    a_use(rae, a_deal(rae, "WON", outcome="won", closed_on=days_ago(0).date()), asset)
    a_use(rae, a_deal(rae, "NO AMOUNT"), asset)
    assert impact(call("max"), asset)["open_deals"] == {
        "count": 4,
        "amounts": [
            {"amount": "150.00", "currency": "EUR"},
            {"amount": "7", "currency": "JPY"},
        ],
    }


def test_who_downloaded_it_is_named(call, max, rae):
    asset = an_asset(max)
    call("rae").get(f"/api/v1/assets/{asset.id}/file")
    assert [one["name"] for one in impact(call("max"), asset)["recent_downloaders"]] == ["Rae"]


def test_pieces_with_the_same_pages_are_told(call, max):
    one = an_asset(max, "One", file=a_file(ONE, "one.pptx"))
    an_asset(max, "Other", file=a_file(OTHER, "other.pptx"))
    a_retired_asset(max, "Gone", file=a_file(OTHER, "gone.pptx"))
    read_all()
    found = impact(call("max"), one)["shared_pages"]
    assert [(item["asset"]["title"], item["pages"]) for item in found] == [("Other", 1)]


def test_the_page_of_a_retirement_shows_it(browse, max, rae):
    asset = an_asset(max, "Acme deck")
    a_use(rae, a_deal(rae, name="Deal in danger", amount={"amount": "5", "currency": "EUR"}), asset)
    page = browse("max").get("/assets/acme-deck/retire").text
    assert "1 open deal" in page and "Deal in danger" in page and "€5" in page
    answer = browse("max").post("/assets/acme-deck/retire", data={"reason": ""})
    assert answer.status_code == 422 and "Deal in danger" in answer.text


def test_pages_that_were_read_before_get_their_fingerprints(app, max):
    an_asset(max, file=a_file(ONE, "one.pptx"))
    read_all()
    pages = session.query(Page).order_by(Page.number).all()
    wanted = [page.fingerprint for page in pages]
    assert wanted == [fingerprint.of_page(page.title, page.text) for page in pages]
    assert wanted[1] and not wanted[2]
    session.remove()
    schema.downgrade("4b2ca7dddb36")
    schema.upgrade()
    found = session.execute(text("SELECT fingerprint FROM page ORDER BY number")).scalars()
    assert list(found) == wanted
