"""The pages of deals and uses."""

import re
from html import unescape

import pytest
from lxml import html

from app.db import session
from app.models import Deal, Use
from app.models.search_log import SearchQuery
from app.queries import deals
from tests.factories import (
    a_deal,
    a_draft,
    a_retired_asset,
    a_use,
    a_version,
    an_asset,
    days_ago,
    settle,
    some_feedback,
)

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
        ({"amount": "a lot"}, "Give an amount as in 1250.00."),
        ({"currency": ""}, "is no currency"),
        ({"outcome": "won"}, "Give the day on which it was won."),
        ({"external_id": "a/b"}, "Give an id without a slash"),
        ({"opened_on": "1969-12-31"}, "Give a day from 1990-01-01 to 2100-12-31."),
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
    assert "Acme deck" in page and "They liked it" in page and "in Interest" in page
    client.post(f"/uses/{session.query(Use).one().id}/undo")
    assert session.query(Use).count() == 0


def test_what_is_searched_to_log_a_use_is_noted_with_its_deal_and_what_was_chosen(browse, max, rae):
    asset, deal, client = an_asset(max, text="The walrus plan."), a_deal(rae), browse("rae")
    settle()
    page = client.get(f"/deals/{deal.id}/use?q=walrus").text
    [chosen] = re.findall(r'formaction="([^"]+)"', page)
    client.post(unescape(chosen), data={"asset": asset.slug, "how": "shared"})
    noted = session.query(SearchQuery).one()
    assert (noted.text, noted.deal_id, noted.total) == ("walrus", deal.id, 1)
    assert noted.best_position == 1
    assert session.query(Use).count() == 1


def test_browsing_for_a_piece_is_no_search(browse, max, rae):
    an_asset(max)
    browse("rae").get(f"/deals/{a_deal(rae).id}/use")
    assert session.query(SearchQuery).count() == 0


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
        ({"occurred_on": "1126-01-01"}, "Give a day from 2000-01-01 on."),
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


def as_a_browser(page: str) -> dict[str, str]:
    """Every field of the page's last form, as a browser would send it untouched."""
    form = html.fromstring(page).xpath("//main//form")[-1]
    return {name: value for name, value in form.form_values() if name != "csrf_token"}


@pytest.mark.parametrize("name", ["rae", "mia", "max"])
def test_the_form_as_it_comes_makes_a_deal_of_ones_own(browse, name):
    client = browse(name)
    sent = as_a_browser(client.get("/deals/new").text) | {"name": "Mine"}
    answer = client.post("/deals", data=sent)
    assert answer.status_code == 303 and client.get(answer.location).status_code == 200
    assert session.query(Deal).one().owner.email == f"{name}@example.com"


@pytest.mark.parametrize("external_id", ["ACME-1", "HIDDEN"])
def test_an_id_that_is_taken_changes_nothing(browse, rae, rob, external_id):
    a_deal(rae, account="Acme")
    a_deal(rob, "HIDDEN", account="Acme")
    answer = browse("rae").post("/deals", data={**FORM, "external_id": external_id})
    assert answer.status_code == 422 and "There is a deal with this id already." in answer.text
    assert [deal.account for deal in session.query(Deal)] == ["Acme", "Acme"]


def test_saving_the_form_untouched_changes_nothing(browse, rae):
    deal = a_deal(
        rae,
        competitors=["Acme, Inc", "Polarix"],
        amount={"amount": "5.50", "currency": "EUR"},
        outcome="won",
        closed_on=days_ago(1).date(),
    )
    client = browse("rae")
    before = deals.named("ACME-1").updated_at
    client.post(
        f"/deals/{deal.id}/edit", data=as_a_browser(client.get(f"/deals/{deal.id}/edit").text)
    )
    assert deals.named("ACME-1").updated_at == before


def test_the_form_does_not_undo_what_the_crm_did_meanwhile(browse, rae):
    deal = a_deal(rae)
    client = browse("rae")
    sent = as_a_browser(client.get(f"/deals/{deal.id}/edit").text)
    a_deal(rae, stage_history=[{"stage": "sale", "entered_at": days_ago(1)}])
    answer = client.post(f"/deals/{deal.id}/edit", data={**sent, "region": "Kept words"})
    assert answer.status_code == 409 and "Kept words" in answer.text
    assert deals.named("ACME-1").stage.name == "sale"


def test_a_deal_that_is_given_away_leads_to_the_list(browse, rae):
    deal = a_deal(rae)
    client = browse("rae")
    sent = as_a_browser(client.get(f"/deals/{deal.id}/edit").text)
    answer = client.post(f"/deals/{deal.id}/edit", data={**sent, "owner_email": "rob@example.com"})
    assert answer.location == "/deals"


def test_a_second_click_logs_no_second_use(browse, max, rae):
    deal, asset = a_deal(rae), an_asset(max)
    client = browse("rae")
    for _ in range(2):
        client.post(f"/deals/{deal.id}/use", data={"asset": asset.slug, "how": "shared"})
    assert session.query(Use).count() == 1


def test_finding_another_deal_keeps_what_was_chosen(browse, max, rae):
    a_deal(rae)
    path = f"/assets/{an_asset(max).slug}/use?q=acme&how=shared&note=Kept+words"
    page = browse("rae").get(path).text
    assert 'value="shared" checked' in page and "Kept words" in page


def test_names_are_found_in_any_case_and_ids_in_part(browse, rae):
    a_deal(rae, "LKF-0362", name="Österreich rollout")
    client = browse("rae")
    for words in ("österreich", "ÖSTERREICH", "lkf"):
        assert "LKF-0362" in client.get(f"/deals?q={words}").text or "rollout" in (
            client.get(f"/deals?q={words}").text
        )


def test_a_draft_is_not_betrayed_by_the_timeline(browse, max, rae):
    deal = a_deal(rae)
    secret = a_draft(max, "Secret price rise")
    some_feedback(max, secret, deal="ACME-1", note="Secret words")
    page = browse("rae").get(f"/deals/{deal.id}").text
    assert "Secret" not in page and "Secret words" in browse("max").get(f"/deals/{deal.id}").text


def test_who_was_signed_out_is_told_that_nothing_was_saved(app, browse, rae):
    client = browse("rae")
    client.post("/sign-out")
    sent = {"note": "Kept words", "verdict": "missing"}
    there = {"Referer": "http://localhost/feedback/new", "Origin": "http://localhost"}
    answer = client.post("/feedback", data=sent, headers=there)
    assert answer.location == "/sign-in?next=/feedback/new"
    assert "nothing was saved" in client.get(answer.location).text
