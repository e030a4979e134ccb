"""Uses by the JSON API: logged, in the right stage and version, marked, undone."""

from datetime import timedelta

import pytest

from app.clock import now
from app.db import session, transaction
from app.models import Use
from tests.factories import a_deal, a_draft, a_retired_asset, a_use, a_version, an_asset, days_ago

PATH = "/api/v1/deals/ACME-1/uses"


def steps(*pairs):
    """A stage history from (stage, days ago)."""
    return [{"stage": stage, "entered_at": days_ago(days)} for stage, days in pairs]


def test_a_use_is_logged_now_on_the_current_version(call, max, rae):
    a_deal(rae)
    asset = an_asset(max)
    a_version(max, asset)
    made = call("rae").post(PATH, json={"asset": asset.slug, "how": "presented"})
    assert made.status_code == 201
    told = {name: made.json[name] for name in ("version", "how", "stage", "origin", "after_close")}
    assert told == {
        "version": 2,
        "how": "presented",
        "stage": "interest",
        "origin": "api",
        "after_close": False,
    }
    assert made.json["asset"]["id"] == asset.id and made.json["person"]["email"].startswith("rae")


@pytest.mark.parametrize(
    ("days", "stage"),
    [(30, None), (20, "attention"), (15, "attention"), (5, "desire"), (0, "interest")],
)
def test_a_use_has_the_stage_of_its_moment(call, max, rae, days, stage):
    a_deal(rae, stage_history=steps(("attention", 20), ("desire", 10), ("interest", 2)))
    moment = days_ago(days) + timedelta(seconds=1 if days else 0)
    sent = {"asset": an_asset(max).id, "how": "shared", "occurred_at": moment.isoformat()}
    sent = sent if days else {"asset": sent["asset"], "how": "shared"}
    assert call("rae").post(PATH, json=sent).json["stage"] == stage


def test_a_use_keeps_its_stage_when_the_history_is_corrected(call, max, rae):
    deal = a_deal(rae)
    a_use(rae, deal, an_asset(max))
    a_deal(rae, stage_history=steps(("sale", 20)))
    assert call("rae").get(PATH).json["items"][0]["stage"] == "interest"


def test_a_use_in_the_past_is_of_the_version_of_that_time(call, max, rae):
    a_deal(rae)
    asset = an_asset(max)
    with transaction():
        session.merge(asset).versions[0].published_at = days_ago(9)
    a_version(max, asset)
    sent = {"asset": asset.id, "how": "shared", "occurred_at": days_ago(3).isoformat()}
    assert call("rae").post(PATH, json=sent).json["version"] == 1


@pytest.mark.parametrize(
    ("closed", "occurred", "after_close", "reported_late"),
    [(5, 3, True, False), (5, 8, False, True), (0, 1, False, False)],
)
def test_a_use_is_marked_against_the_close(
    call, max, rae, closed, occurred, after_close, reported_late
):
    a_deal(rae, outcome="won", closed_on=days_ago(closed).date())
    sent = {"asset": an_asset(max).id, "how": "claimed", "occurred_at": days_ago(occurred)}
    made = call("rae").post(PATH, json={**sent, "occurred_at": sent["occurred_at"].isoformat()})
    assert (made.json["after_close"], made.json["reported_late"]) == (after_close, reported_late)


def test_the_day_of_the_close_belongs_to_the_deal(call, max, rae):
    a_deal(rae, outcome="lost", closed_on=now().date())
    made = call("rae").post(PATH, json={"asset": an_asset(max).id, "how": "shared"})
    assert made.json["after_close"] is False


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"occurred_at": "2999-01-01T00:00:00Z"}, 422),
        ({"occurred_at": "2026-01-01T00:00:00"}, 422),
        ({"occurred_at": "1126-01-01T00:00:00Z"}, 422),
        ({"occurred_at": "1999-12-31T23:59:59Z"}, 422),
        ({"how": "whispered"}, 422),
        ({"version": 9}, 422),
        ({"asset": "no-such-thing"}, 422),
        ({"asset": None}, 422),
        ({"person": "rob@example.com"}, 422),
    ],
)
def test_a_wrong_use_is_refused(call, max, rae, change, status):
    a_deal(rae)
    sent = {"asset": an_asset(max).id, "how": "shared", **change}
    assert call("rae").post(PATH, json=sent).status_code == status
    assert session.query(Use).count() == 0


@pytest.mark.parametrize(("name", "status"), [("max", 409), ("rae", 422)])
def test_a_draft_cannot_have_been_used(call, max, rae, name, status):
    a_deal(rae)
    sent = {"asset": a_draft(max).id, "how": "shared"}
    assert call(name).post(PATH, json=sent).status_code == status


def test_a_version_that_waits_cannot_have_been_used(call, max, rae):
    a_deal(rae)
    asset = an_asset(max)
    a_version(max, asset, publish=False)
    sent = {"asset": asset.id, "how": "shared", "version": 2}
    assert call("max").post(PATH, json=sent).status_code == 409


def test_what_is_retired_can_still_be_owned_up_to(call, max, rae):
    a_deal(rae)
    sent = {"asset": a_retired_asset(max).id, "how": "shared"}
    assert call("rae").post(PATH, json=sent).status_code == 201


def test_nobody_logs_on_a_hidden_deal(call, max, rae):
    a_deal(rae)
    sent = {"asset": an_asset(max).id, "how": "shared"}
    assert call("rob").post(PATH, json=sent).status_code == 404


def test_the_same_use_sent_twice_is_one_use(call, max, rae):
    a_deal(rae)
    at = days_ago(1).isoformat()
    sent = {"asset": an_asset(max).id, "how": "shared", "occurred_at": at}
    client = call("rae")
    first, second = client.post(PATH, json=sent), client.post(PATH, json=sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json


def test_many_uses_at_once(call, max, rae, rob):
    a_deal(rae)
    a_deal(rob, "HIDDEN")
    asset = an_asset(max).id
    items = [
        {"deal": "ACME-1", "asset": asset, "how": "shared"},
        {"deal": "HIDDEN", "asset": asset, "how": "shared"},
        {"deal": "ACME-1", "asset": asset, "how": "sung"},
    ]
    told = call("rae").post("/api/v1/uses/bulk", json={"items": items}).json["items"]
    assert [one["status"] for one in told] == [201, 404, 422]
    assert session.query(Use).count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("rae", 204), ("mia", 403), ("rob", 404), ("ada", 204)]
)
def test_a_use_is_undone_by_who_logged_it(call, max, rae, name, status):
    use = a_use(rae, a_deal(rae), an_asset(max))
    assert call(name).delete(f"/api/v1/uses/{use.id}").status_code == status


def test_after_a_day_a_use_stays(call, max, rae):
    use = a_use(rae, a_deal(rae), an_asset(max), occurred_at=days_ago(3))
    with transaction():
        session.merge(use).recorded_at = days_ago(1.01)
    assert call("rae").delete(f"/api/v1/uses/{use.id}").status_code == 409


def test_a_download_for_a_deal_is_a_use_on_it(call, max, rae):
    a_deal(rae)
    asset = an_asset(max)
    client = call("rae")
    assert client.get(f"/api/v1/assets/{asset.id}/file?deal=ACME-1").status_code == 200
    used = client.get(PATH).json["items"]
    assert [(one["how"], one["origin"]) for one in used] == [("downloaded", "download")]


def test_a_download_for_a_hidden_deal_gives_nothing(call, max, rae):
    a_deal(rae)
    path = f"/api/v1/assets/{an_asset(max).id}/file?deal=ACME-1"
    assert call("rob").get(path).status_code == 404


def test_an_old_version_is_given_to_those_whose_deal_holds_it(call, max, rae):
    deal, asset = a_deal(rae), an_asset(max)
    a_use(rae, deal, asset)
    a_version(max, asset)
    client, path = call("rae"), f"/api/v1/assets/{asset.id}/versions/1/file"
    assert client.get(path).status_code == 403
    assert client.get(f"{path}?deal=ACME-1").status_code == 200


def test_noting_an_old_version_afterwards_gives_nobody_its_file(call, max, rae):
    a_deal(rae)
    asset = an_asset(max)
    a_version(max, asset)
    client = call("rae")
    sent = {
        "asset": asset.id,
        "version": 1,
        "how": "claimed",
        "occurred_at": days_ago(3).isoformat(),
    }
    assert client.post(PATH, json=sent).status_code == 201
    path = f"/api/v1/assets/{asset.id}/versions/1/file?deal=ACME-1"
    assert client.get(path).status_code == 403


def test_the_first_part_of_a_file_for_a_deal_is_a_use(call, max, rae):
    a_deal(rae)
    path = f"/api/v1/assets/{an_asset(max).id}/file"
    client = call("rae")
    client.get(path)
    for _ in range(2):
        client.get(f"{path}?deal=ACME-1", headers={"Range": "bytes=0-3"})
    assert client.get(PATH).json["total"] == 1


def test_uses_are_listed_page_by_page(call, max, rae):
    deal, asset = a_deal(rae), an_asset(max)
    made = [a_use(rae, deal, asset, occurred_at=days_ago(day)).id for day in (3, 2, 1)]
    client = call("rae")
    first = client.get(f"{PATH}?limit=2").json
    rest = client.get(f"{PATH}?limit=2&cursor={first['next']}").json
    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert (first["total"], rest["next"]) == (3, None)
    assert client.get(f"{PATH}?foo=1").status_code == 422


@pytest.mark.parametrize("asset", [True, 1.5, [], {}])
def test_an_asset_is_named_by_number_or_slug(call, max, rae, asset):
    a_deal(rae)
    an_asset(max)
    assert call("rae").post(PATH, json={"asset": asset, "how": "shared"}).status_code == 422
