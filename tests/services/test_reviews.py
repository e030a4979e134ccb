"""Reviews: saying that a piece is still right, and what is to be looked at again."""

from datetime import timedelta

import pytest

from app.clock import today
from app.db import session, transaction
from app.errors import Conflict, Forbidden
from app.models import AuditLine, Confirmation
from app.queries import assets, reviews
from app.services import kinds
from app.services.reviews import confirm
from tests.factories import a_draft, a_retired_asset, a_version, an_asset


def confirmed(actor, asset):
    """Say in a transaction of its own that it is still right."""
    with transaction():
        return confirm(actor, assets.get(actor, asset.id))


def over_by(asset, days):
    """Let its review have been due some days ago."""
    with transaction():
        session.merge(asset).review_by = today() - timedelta(days=days)


def test_the_next_review_counts_from_today(max):
    asset = an_asset(max, kind="pricing")
    over_by(asset, 40)
    assert confirmed(max, asset).review_by == kinds.review_by(asset.kind, today())


def test_who_when_and_which_version_is_kept(max):
    asset = an_asset(max)
    a_version(max, asset)
    confirmed(max, asset)
    last = reviews.last_confirmation(asset)
    assert (last.person.name, last.version.number) == ("Max", 2)
    assert session.query(AuditLine).filter_by(action="asset.confirmed").count() == 1


def test_said_twice_it_is_said_once_until_there_is_a_new_version(max):
    asset = an_asset(max)
    confirmed(max, asset)
    confirmed(max, asset)
    assert session.query(Confirmation).count() == 1
    a_version(max, asset)
    confirmed(max, asset)
    assert session.query(Confirmation).count() == 2


@pytest.mark.parametrize("make", [a_draft, a_retired_asset])
def test_what_reps_do_not_use_is_not_confirmed(max, make):
    with pytest.raises(Conflict):
        confirmed(max, make(max))


def test_an_owner_confirms_also_as_a_rep_and_others_do_not(max, rae, rob):
    asset = an_asset(max, owner="rae@example.com")
    assert confirmed(rae, asset)
    with pytest.raises(Forbidden):
        confirmed(rob, asset)


def test_a_new_version_of_what_is_over_counts_as_looked_at(max):
    asset = an_asset(max)
    over_by(asset, 3)
    a_version(max, asset)
    assert assets.get(max, asset.id).review_by > today()


def test_ones_own_pieces_that_are_over_or_nearly_so_are_due(browse, max):
    over_by(an_asset(max, "Over"), 3)
    over_by(an_asset(max, "Soon"), -10)
    over_by(an_asset(max, "Later"), -30)
    over_by(an_asset(max, "Not mine", owner="rae@example.com"), 3)
    assert [asset.title for asset in reviews.due(max, 9)] == ["Over", "Soon"]
    client = browse("max")
    assert "review was due" in client.get("/").text
    assert client.post("/assets/over/confirm", data={"back": "home"}).location == "/"
    assert "review was due" not in client.get("/").text


@pytest.mark.parametrize(("days", "is_told"), [(30, False), (31, True)])
def test_reps_are_warned_of_what_nobody_confirmed_for_long(browse, max, days, is_told):
    over_by(an_asset(max, "Acme deck"), days)
    page = browse("rae").get("/assets/acme-deck").text
    assert ("Nobody has said for a while" in page) is is_told


def test_the_call_answers_with_the_asset(call, max):
    over_by(an_asset(max, "Acme deck"), 3)
    answer = call("max").post("/api/v1/assets/acme-deck/confirm")
    assert (answer.status_code, answer.json["slug"]) == (200, "acme-deck")
    assert answer.json["review_by"] > today().isoformat()
