"""Deals by the JSON API: put, read, listed, many at once, and who sees them."""

import pytest

from app.clock import use_time_zone
from tests.factories import a_deal, an_asset, days_ago

PATH = "/api/v1/deals/ACME-1"
WHOLE = {
    "name": "Acme renewal",
    "account": "Acme",
    "owner_email": "rae@example.com",
    "amount": {"amount": "125000.00", "currency": "EUR"},
    "segment": "Enterprise",
    "industry": "Pharma",
    "region": "DACH",
    "competitors": ["Polarix"],
    "lead_source": "Trade fair",
    "campaign": "Spring",
    "stage_history": [
        {"stage": "interest", "entered_at": "2026-02-01T09:00:00Z"},
        {"stage": "Attention", "entered_at": "2026-01-10"},
    ],
    "outcome": "won",
    "opened_on": "2026-01-10",
    "closed_on": "2026-03-01",
}


def test_a_deal_is_made_then_changed(call):
    client = call("ada")
    assert client.put(PATH, json=WHOLE).status_code == 201
    answer = client.put(PATH, json={"region": "Nordics"})
    assert (answer.status_code, answer.json["region"]) == (200, "Nordics")
    assert answer.json["account"] == "Acme"


def test_a_deal_reads_as_it_was_sent(call):
    call("ada").put(PATH, json=WHOLE)
    found = call("rae").get(PATH).json
    same = WHOLE.keys() - {"owner_email", "stage_history"}
    assert {name: found[name] for name in same} == {name: WHOLE[name] for name in same}
    assert found["owner"]["email"] == "rae@example.com"
    assert [step["stage"] for step in found["stage_history"]] == ["attention", "interest"]
    assert found["stage"] == "interest"


def test_the_same_put_twice_changes_nothing(call):
    client = call("ada")
    first = client.put(PATH, json=WHOLE).json
    assert client.put(PATH, json=WHOLE).json == first


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stage": "negotiation"}, "stage"),
        ({"stage_history": [{"stage": "x", "entered_at": "2026-01-01"}]}, "stage_history"),
        ({"stage_history": [{"stage": "sale", "entered_at": "2999-01-01"}]}, "stage_history"),
        ({"owner_email": "nobody@example.com"}, "owner_email"),
        ({"outcome": "won"}, "closed_on"),
        ({"outcome": "lost", "closed_on": "2026-01-01", "opened_on": "2026-02-01"}, "closed_on"),
        ({"outcome": "lost", "closed_on": "2999-01-01"}, "closed_on"),
        ({"closed_on": "2026-01-01"}, "closed_on"),
        ({"opened_on": "2999-01-01"}, "opened_on"),
        ({"opened_on": "1989-12-31"}, "opened_on"),
        ({"outcome": "lost", "closed_on": "1126-01-01"}, "closed_on"),
        (
            {"stage_history": [{"stage": "desire", "entered_at": "1126-01-01T00:00:00Z"}]},
            "stage_history",
        ),
        ({"amount": {"amount": "1", "currency": "XQX"}}, "amount"),
        ({"amount": {"amount": "-1", "currency": "EUR"}}, "amount"),
        ({"amount": {"amount": "1.001", "currency": "EUR"}}, "amount"),
        ({"amount": {"amount": "NaN", "currency": "EUR"}}, "amount"),
        ({"amount": 5}, "amount"),
        ({"name": None}, "name"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_changes_nothing(call, change, field):
    client = call("ada")
    client.put(PATH, json={"name": "Acme"})
    before = client.get(PATH).json
    answer = client.put(PATH, json=change)
    assert (answer.status_code, list(answer.json["fields"])) == (422, [field])
    assert client.get(PATH).json == before


def test_a_new_deal_needs_a_name(call):
    assert call("ada").put(PATH, json={}).json["fields"] == {"name": ["This is needed."]}


def test_yen_have_no_decimal_places(call):
    sent = {"name": "Acme", "amount": {"amount": "500", "currency": "jpy"}}
    assert call("ada").put(PATH, json=sent).json["amount"] == {"amount": "500", "currency": "JPY"}


def test_a_stage_alone_is_come_into_now(call):
    client = call("ada")
    client.put(PATH, json={"name": "Acme", "stage": "interest"})
    client.put(PATH, json={"stage": "interest"})
    steps = client.put(PATH, json={"stage": "desire"}).json["stage_history"]
    assert [step["stage"] for step in steps] == ["interest", "desire"]


def test_a_deal_is_open_from_its_first_stage_at_the_latest(call):
    steps = [{"stage": "interest", "entered_at": "2026-01-05"}]
    answer = call("ada").put(PATH, json={"name": "Acme", "stage_history": steps})
    assert answer.json["opened_on"] == "2026-01-05"


def test_a_deal_can_be_opened_again(call):
    client = call("ada")
    client.put(PATH, json=WHOLE)
    again = client.put(PATH, json={"outcome": "open"}).json
    assert (again["outcome"], again["closed_on"]) == ("open", None)


def test_a_rep_who_names_no_owner_owns_the_deal(call):
    made = call("rae").put(PATH, json={"name": "Mine"}).json
    assert made["owner"]["email"] == "rae@example.com"


def test_a_deal_that_an_admin_makes_can_be_nobodys(call):
    assert call("ada").put(PATH, json={"name": "Acme"}).json["owner"] is None


def test_a_rep_makes_no_deal_for_somebody_else(call):
    sent = {"name": "Theirs", "owner_email": "mia@example.com"}
    assert call("rae").put(PATH, json=sent).status_code == 403


@pytest.mark.parametrize(
    ("name", "seen"), [("rae", 200), ("mia", 200), ("rob", 404), ("otto", 404), ("max", 200)]
)
def test_a_deal_is_seen_by_its_owner_the_team_and_marketing(call, rae, name, seen):
    a_deal(rae)
    assert call(name).get(PATH).status_code == seen


@pytest.mark.parametrize(("name", "status"), [("rae", 403), ("mia", 200), ("rob", 404)])
def test_a_colleague_sees_a_deal_and_leaves_it_alone(call, ada, name, status):
    a_deal(ada, owner_email="mia@example.com")
    assert call(name).put(PATH, json={"region": "DACH"}).status_code == status


def test_a_list_counts_only_what_is_seen(call, rae, rob):
    a_deal(rae, "A")
    a_deal(rob, "B")
    found = call("rob").get("/api/v1/deals").json
    assert (found["total"], [one["external_id"] for one in found["items"]]) == (1, ["B"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage=INTEREST", ["B", "A"]),
        ("stage=interest&outcome=won", ["B"]),
        ("segment=enterprise", ["A"]),
        ("account=ACME&account=other", ["A"]),
        ("owner=rae@example.com", ["B", "A"]),
        ("outcome=lost", []),
        ("limit=1", ["B"]),
    ],
)
def test_a_list_is_narrowed_by_filters(call, rae, query, found):
    a_deal(rae, "A", segment="Enterprise", account="Acme")
    a_deal(rae, "B", outcome="won", closed_on=days_ago(1).date())
    items = call("ada").get(f"/api/v1/deals?{query}").json["items"]
    assert [one["external_id"] for one in items] == found


def test_of_many_deals_the_right_ones_go_in_and_the_wrong_ones_are_told(call):
    items = [
        {"external_id": "A", "name": "One"},
        {"external_id": "B", "name": "Two", "stage": "nowhere"},
        {"external_id": "C"},
        {"name": "No id"},
        {"external_id": "A", "region": "DACH"},
    ]
    client = call("ada")
    told = client.post("/api/v1/deals/bulk", json={"items": items}).json["items"]
    assert [one["status"] for one in told] == [201, 422, 422, 422, 200]
    assert told[1]["problem"]["fields"]["stage"]
    assert client.get("/api/v1/deals").json["total"] == 1


def test_more_than_500_deals_at_once_are_refused(call):
    items = [{"external_id": str(number), "name": "x"} for number in range(501)]
    assert call("ada").post("/api/v1/deals/bulk", json={"items": items}).status_code == 422


def test_every_change_of_a_deal_is_in_the_audit_log(call, browse):
    client = call("ada")
    client.put(PATH, json={"name": "Acme"})
    client.put(PATH, json={"region": "DACH"})
    log = browse("ada").get("/admin/audit").text
    assert "deal.added" in log and "deal.changed" in log and "region" in log


@pytest.mark.parametrize("external_id", [5, None, True, "a/b", ".", "..", "a\nb", "", "x" * 201])
def test_an_id_that_cannot_be_one_costs_the_others_nothing(call, external_id):
    items = [{"external_id": external_id, "name": "q"}, {"external_id": "A", "name": "One"}, 7]
    told = call("ada").post("/api/v1/deals/bulk", json={"items": items}).json["items"]
    assert [one["status"] for one in told] == [422, 201, 422]


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("999999999999999.9999", "CLF"),
        ("1e-999999999", "EUR"),
        (f"1.{'0' * 30}1", "EUR"),
        ("1e400", "EUR"),
        ("1e30", "EUR"),
    ],
)
def test_more_money_or_finer_than_there_is(call, amount, currency):
    sent = {"name": "Acme", "amount": {"amount": amount, "currency": currency}}
    assert call("ada").put(PATH, json=sent).status_code == 422


def test_a_stage_beside_its_history_must_be_the_last_of_it(call):
    steps = [{"stage": "interest", "entered_at": "2026-01-05"}]
    client = call("ada")
    sent = {"name": "Acme", "stage_history": steps}
    assert client.put(PATH, json={**sent, "stage": "desire"}).status_code == 422
    first = client.put(PATH, json={**sent, "stage": "interest"}).json
    assert client.put(PATH, json={**sent, "stage": "interest"}).json == first


def test_of_a_deal_that_ended_before_nobody_knows_when_its_stage_began(call):
    sent = {"name": "A", "stage": "sale", "outcome": "won", "closed_on": "2026-02-01"}
    made = call("ada").put(PATH, json=sent).json
    assert (made["stage"], made["stage_history"]) == ("sale", [])


def test_an_odd_id_is_found_by_its_own_link(call):
    client = call("ada")
    items = [{"external_id": "A#1?x %41", "name": "Odd"}]
    client.post("/api/v1/deals/bulk", json={"items": items})
    made = client.get("/api/v1/deals").json["items"][0]
    assert client.get(made["links"]["self"].removeprefix("http://localhost")).json == made


def test_the_first_hour_there_is_is_refused_in_every_zone(app, call, rae, max):
    a_deal(rae)
    use_time_zone("America/New_York")
    sent = {"asset": an_asset(max).id, "how": "shared", "occurred_at": "0001-01-01T00:00:00Z"}
    answer = call("rae").post("/api/v1/deals/ACME-1/uses", json=sent)
    use_time_zone("UTC")
    assert list(answer.json["fields"]) == ["occurred_at"]


def test_a_history_in_another_order_is_the_same_history(call):
    client = call("ada")
    first = client.put(PATH, json=WHOLE).json
    steps = WHOLE["stage_history"][::-1]
    assert client.put(PATH, json={"stage_history": steps}).json == first


def test_the_stage_of_a_deal_that_ended_can_be_put_right(call):
    client = call("ada")
    client.put(PATH, json=WHOLE)
    changed = client.put(PATH, json={"stage": "sale"}).json
    assert changed["stage"] == "sale" and len(changed["stage_history"]) == 2
    assert changed["updated_at"] > changed["created_at"]
