"""The governance board by the JSON API."""

import pytest

from tests.factories import a_deal, a_use, an_asset, count_all, some_feedback

PATH = "/api/v1/insights/governance"


def test_a_piece_comes_with_its_state(call, max, rae):
    asset = an_asset(max, "Acme deck", kind="deck")
    a_use(rae, a_deal(rae), asset)
    some_feedback(rae, asset)
    count_all()
    answer = call("mia").get(PATH).json
    assert (answer["total"], answer["next"], answer["counted_at"] is None) == (1, None, False)
    assert answer["items"] == [
        {
            "asset": {"id": asset.id, "slug": "acme-deck", "title": "Acme deck"},
            "kind": "deck",
            "status": "published",
            "owner": {"id": max.id, "name": "Max", "email": "max@example.com"},
            "owner_is_active": True,
            "version": 1,
            "version_age_days": 0,
            "review_by": str(asset.review_by),
            "days_overdue": 0,
            "views": 0,
            "uses": 1,
            "open_deals": 1,
            "open_feedback": 1,
            "open_wrong": 1,
            "feedback_balance": -1,
            "duplicates": 0,
            "suggestion": "fix",
            "reason": "1 unanswered note says that it is wrong or out of date.",
            "quadrants": [],
        }
    ]


def test_the_list_goes_on_where_its_page_ended(call, max):
    for number in range(3):
        an_asset(max, f"Deck {number}")
    client = call("max")
    first = client.get(f"{PATH}?limit=2&sort=title").json
    second = client.get(f"{PATH}?limit=2&sort=title&cursor={first['next']}").json
    titles = [item["asset"]["title"] for page in (first, second) for item in page["items"]]
    assert titles == ["Deck 0", "Deck 1", "Deck 2"] and second["next"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("suggestion=keep&quadrant=dead&overdue=true&inactive_owner=true", 200),
        ("owner=max@example.com&stage=Desire&kind=deck&status=retired", 200),
        ("sort=-uses", 200),
        ("sort=luck", 422),
        ("suggestion=burn", 422),
        ("limit=201", 422),
        ("cursor=!", 422),
        ("page=2", 422),
    ],
)
def test_what_may_be_asked(call, query, status):
    assert call("max").get(f"{PATH}?{query}").status_code == status
