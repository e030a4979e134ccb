"""What changed between two versions, on its page and by the JSON API."""

import pytest

from app.db import transaction
from app.inputs.asset import NewVersion
from app.services import publishing
from tests.factories import a_deck, a_file, a_version, an_asset, read_all

FIRST = a_deck(
    "Welcome: At a glance", "Pricing: The walrus plan costs ninety euros", "Security: Audited"
)
SECOND = a_deck(
    "Welcome: At a glance", "Pricing: The walrus plan costs eighty euros", "Proof: Measured here"
)


@pytest.fixture
def deck(max):
    """A deck of which version 2 has another price and another last slide."""
    asset = an_asset(max, "Acme deck", file=a_file(FIRST, "a.pptx"))
    with transaction():
        new = NewVersion(change_note="New price")
        publishing.add_version(max, asset, new, a_file(SECOND, "b.pptx"))
    read_all()
    return "acme-deck"


def test_pages_are_told_with_their_numbers(call, deck):
    answer = call("rae").get(f"/api/v1/assets/{deck}/diff?from=1&to=2").json
    assert answer["pages"] == [
        {"from": 1, "to": 1, "change": "same"},
        {"from": 2, "to": 2, "change": "changed"},
        {"from": None, "to": 3, "change": "added"},
        {"from": 3, "to": None, "change": "removed"},
    ]
    assert answer["summary"] == "1 page changed, 1 added, 1 removed, 1 the same."


def test_without_numbers_the_current_is_compared_with_the_one_before(call, deck):
    client = call("rae")
    named = client.get(f"/api/v1/assets/{deck}/diff?from=1&to=2").json
    assert client.get(f"/api/v1/assets/{deck}/diff").json == named


def test_the_page_marks_what_went_and_what_came(browse, deck):
    page = browse("rae").get(f"/assets/{deck}/diff").text
    assert "<del>ninety</del><ins>eighty</ins>" in page and "New price" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=1&to=7", 404),
        ("from=0", 422),
        ("from=x", 422),
        ("from=2&to=1", 200),
        ("from=2&to=2", 200),
    ],
)
def test_odd_versions_are_told(call, browse, deck, query, status):
    assert call("rae").get(f"/api/v1/assets/{deck}/diff?{query}").status_code == status
    assert browse("rae").get(f"/assets/{deck}/diff?{query}").status_code == status


def test_a_first_version_has_nothing_before_it(call, max):
    an_asset(max, "Acme deck")
    read_all()
    assert call("rae").get("/api/v1/assets/acme-deck/diff").status_code == 404


def test_a_text_that_is_being_read_is_waited_for(call, max):
    a_version(max, an_asset(max, "Acme deck"))
    assert call("rae").get("/api/v1/assets/acme-deck/diff").status_code == 409


def test_a_version_that_waits_is_compared_only_by_those_who_publish(call, max):
    a_version(max, an_asset(max, "Acme deck"), publish=False)
    read_all()
    assert call("rae").get("/api/v1/assets/acme-deck/diff?from=1&to=2").status_code == 404
    assert call("max").get("/api/v1/assets/acme-deck/diff?from=1&to=2").status_code == 200
