"""The pages of evidence say what is counted, what is compared, and why nothing more can be told."""

from datetime import timedelta

import pytest

from app.clock import today
from tests.factories import a_deal, a_use, an_asset


def test_an_empty_hub_has_an_empty_page(browse):
    assert "No piece here" in browse("rae").get("/insights/evidence").text


def test_the_list_counts_and_gives_no_verdict(browse, max, rae):
    a_use(rae, a_deal(rae), an_asset(max, "Acme deck"))
    an_asset(max, "Never used")
    page = browse("max").get("/insights/evidence").text
    assert "Acme deck" in page and "t tell yet" in page
    assert "never used on these deals" in page and "tag-green" not in page


def test_a_card_says_why_it_cannot_tell(browse, max, rae):
    a_use(rae, a_deal(rae), an_asset(max, "Acme deck"))
    page = browse("rae").get("/insights/evidence/acme-deck").text
    assert (
        "0 closed deals used it in this stage, and it takes 20" in page
        and "not a comparison" in page
    )


@pytest.mark.parametrize(
    ("query", "status"), [("team=South", 403), ("from=x", 422), ("kind=", 200)]
)
def test_an_odd_question_is_told(browse, query, status):
    assert browse("rae").get(f"/insights/evidence?{query}").status_code == status


OF_A_PERIOD = ("", "/evidence", "/scoreboard", "/adoption", "/library", "/gaps", "/searches")


@pytest.mark.parametrize("days", [1, 62, 400])
def test_a_period_that_begins_after_today_is_told_on_every_page(browse, call, days):
    asked = {"from": (today() + timedelta(days)).isoformat()}
    pages = {one: browse("max").get(f"/insights{one}", query_string=asked) for one in OF_A_PERIOD}
    assert {one: page.status_code for one, page in pages.items()} == dict.fromkeys(OF_A_PERIOD, 422)
    assert all("must begin before it ends" in page.text for page in pages.values())
    of_api = call("max").get("/api/v1/insights/scoreboard", query_string=asked)
    assert of_api.status_code == 422
