"""The pages of deals and uses."""

import pytest

from app.db import session
from app.models import Deal, Use
from app.queries import deals
from tests.factories import a_deal, a_retired_asset, a_use, a_version, an_asset, days_ago

FORM = {
    "name": "Acme",
    "amount": "12 500.50",
    "currency": "EUR",
    "competitors": "Polarix, ColdLine",
}


def test_a_deal_is_made_by_hand(browse):
    answer = browse("rae").post("/deals", data={**FORM, "stage": "desire"})
    made = session.query(Deal).one()
    assert (answer.status_code, answer.location) == (303, f"/deals/{made.id}")
    assert (made.amount, made.competitors, made.stage.name) == (
        1250050,
        ["Polarix", "ColdLine"],
        "desire",
    )
    assert (made.owner.name, made.external_id) == ("Rae", "QD-1")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "This is needed."),
        ({"amount": "a lot"}, "Give a valid decimal"),
        ({"currency": ""}, "is no currency"),
        ({"outcome": "won"}, "Give the day on which it was won."),
        ({"external_id": "a/b"}, "give an id without a slash"),
    ],
)
def test_a_wrong_form_comes_back_as_it_was_filled_in(browse, change, told):
    answer = browse("rae").post("/deals", data={**FORM, "account": "Kept words", **change})
    assert answer.status_code == 422
    assert told in answer.text and "Kept words" in answer.text


def test_a_deal_is_changed_and_closed_by_hand(browse, rae):
    deal = a_deal(rae, amount={"amount": "5", "currency": "EUR"})
    day = days_ago(1).date().isoformat()
    sent = {"name": "New name", "outcome": "lost", "closed_on": day, "amount": "", "stage": "sale"}
    assert browse("rae").post(f"/deals/{deal.id}/edit", data=sent).status_code == 303
    changed = deals.named("ACME-1")
    assert (changed.name, changed.outcome, changed.amount) == ("New name", "lost", None)


def test_the_form_shows_what_is(browse, rae):
    a_deal(
        rae, account="Acme", amount={"amount": "5.50", "currency": "USD"}, competitors=["Polarix"]
    )
    page = browse("rae").get(f"/deals/{deals.named('ACME-1').id}/edit").text
    assert all(f'value="{text}"' in page for text in ("Acme", "5.50", "USD", "Polarix"))


def test_the_list_shows_open_deals_and_finds_others(browse, rae, rob):
    a_deal(rae, "A", name="Alpha")
    a_deal(rae, "B", name="Beta", outcome="won", closed_on=days_ago(1).date())
    a_deal(rob, "C", name="Hidden")
    client = browse("rae")
    assert "Alpha" in (page := client.get("/deals").text)
    assert "Beta" not in page and "Hidden" not in page
    assert "Beta" in client.get("/deals?outcome=all&q=bet").text
    assert "No deal matches" in client.get("/deals?q=hidden").text


@pytest.mark.parametrize("query", ["outcome=lied", "cursor=%00", f"stage={'x' * 200}"])
def test_an_odd_address_of_the_list_is_told(browse, query):
    assert browse("rae").get(f"/deals?{query}").status_code == 422


def test_a_use_is_logged_from_the_deal_and_undone(browse, max, rae):
    deal, asset = a_deal(rae), an_asset(max, "Acme deck")
    client = browse("rae")
    sent = {"asset": asset.slug, "how": "shared", "note": "They liked it"}
    assert client.post(f"/deals/{deal.id}/use", data=sent).status_code == 303
    page = client.get(f"/deals/{deal.id}").text
    assert "Acme deck" in page and "They liked it" in page and "in interest" in page
    client.post(f"/uses/{session.query(Use).one().id}/undo")
    assert session.query(Use).count() == 0


def test_a_use_is_logged_from_the_piece(browse, max, rae):
    deal, asset = a_deal(rae), an_asset(max, "Acme deck")
    client = browse("rae")
    assert "Deal ACME-1" in client.get(f"/assets/{asset.slug}/use").text
    client.post(f"/assets/{asset.slug}/use", data={"deal": deal.id, "how": "presented"})
    assert session.query(Use).one().origin == "page"


def test_a_use_on_another_day_is_at_its_noon(browse, max, rae):
    deal, asset = a_deal(rae), an_asset(max)
    day = days_ago(3).date().isoformat()
    sent = {"asset": asset.slug, "how": "shared", "occurred_on": day}
    browse("rae").post(f"/deals/{deal.id}/use", data=sent)
    assert session.query(Use).one().occurred_at.isoformat().startswith(f"{day}T12")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"occurred_on": "2999-01-01"}, "This is still to come"),
        ({"occurred_on": "soon"}, "Give a day as in"),
        ({"asset": "none"}, "no such asset"),
        ({"how": "sung"}, "Choose one of"),
    ],
)
def test_a_wrong_use_is_told_and_the_note_is_kept(browse, max, rae, change, told):
    deal = a_deal(rae)
    sent = {"asset": an_asset(max).slug, "how": "shared", "note": "Kept words", **change}
    answer = browse("rae").post(f"/deals/{deal.id}/use", data=sent)
    assert answer.status_code == 422
    assert told in answer.text and "Kept words" in answer.text


def test_a_deal_says_what_was_superseded_or_retired_since(browse, max, rae):
    deal, asset = a_deal(rae), an_asset(max, "Renewed")
    a_use(rae, deal, asset)
    a_use(rae, deal, a_retired_asset(max, "Gone"))
    a_version(max, asset)
    page = browse("rae").get(f"/deals/{deal.id}").text
    assert "Version 2 is current" in page and "Retired since" in page
