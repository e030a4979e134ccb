"""Publishing, versions, going back."""

from datetime import timedelta

import pytest

from app.choices import Status
from app.clock import today
from app.db import transaction
from app.errors import Conflict, Duplicate, Forbidden, Invalid
from app.inputs.asset import NewAsset, Rollback
from app.queries import assets, versions
from app.services import assets as verbs
from app.services import publishing
from app.services.versions import resolve
from tests.factories import a_draft, a_file, a_retired_asset, a_version, an_asset


def test_what_was_to_be_used_until_yesterday_is_not_published(max):
    draft = a_draft(max)
    with transaction():
        assets.get(max, draft.id).expires_on = today() - timedelta(days=1)
    with transaction(), pytest.raises(Conflict, match="Change that day first"):
        publishing.publish(max, assets.get(max, draft.id), None)


@pytest.mark.parametrize("field", ["review_by", "publish_at"])
def test_a_day_that_is_over_is_refused(call, max, field):
    draft = a_draft(max)
    answer = call("max").patch(f"/api/v1/assets/{draft.slug}", json={field: "2020-01-31"})
    assert answer.status_code == 422 and "over" in answer.json["fields"][field][0]


def test_a_published_asset_has_one_current_version(max):
    asset = an_asset(max)
    a_version(max, asset)
    a_version(max, asset)
    current = [version.number for version in versions.of_asset(max, asset) if version.is_current]
    assert current == [3]


def test_a_retired_asset_takes_no_version(max):
    with pytest.raises(Conflict):
        a_version(max, a_retired_asset(max))


def test_a_waiting_version_leaves_the_current_one_alone(max):
    asset = an_asset(max)
    a_version(max, asset, publish=False)
    assert resolve(max, asset).number == 1


def test_a_waiting_version_is_hidden_from_reps(max, rae):
    asset = an_asset(max)
    a_version(max, asset, publish=False)
    assert versions.numbered(rae, asset, 2) is None


def test_publishing_a_draft_gives_it_to_reps(max, rae):
    draft = a_draft(max)
    with transaction():
        publishing.publish(max, assets.get(max, draft.id), None)
    assert assets.get(rae, draft.id).status is Status.PUBLISHED


def test_publishing_twice_changes_nothing(max):
    asset = an_asset(max)
    with transaction():
        version = publishing.publish(max, assets.get(max, asset.id), None)
    assert version.number == 1


def test_publishing_an_old_version_says_to_roll_back(max):
    asset = an_asset(max)
    a_version(max, asset)
    with pytest.raises(Conflict, match="Roll back"), transaction():
        publishing.publish(max, assets.get(max, asset.id), 1)


def test_rolling_back_makes_a_new_number_of_the_old_bytes(max):
    asset = an_asset(max, text="The first words.")
    first = resolve(max, asset).sha256
    a_version(max, asset)
    with transaction():
        back = publishing.rollback(
            max, assets.get(max, asset.id), Rollback(to=1, change_note="The new one is wrong")
        )
    assert (back.number, back.sha256, back.is_current) == (3, first, True)


def test_rolling_back_to_the_current_version_is_refused(max):
    asset = an_asset(max)
    with pytest.raises(Conflict), transaction():
        publishing.rollback(max, assets.get(max, asset.id), Rollback(to=1, change_note="Again"))


def test_a_rep_publishes_nothing(rae):
    with pytest.raises(Forbidden):
        an_asset(rae)


def test_the_same_bytes_are_told_with_their_place(max):
    first = an_asset(max, text="The same.")
    with pytest.raises(Duplicate) as told, transaction():
        verbs.create(max, NewAsset(title="Again"), a_file("The same."))
    assert told.value.slug == first.slug


def test_an_owner_without_account_is_told(max):
    with pytest.raises(Invalid, match="nobody@example.com"):
        an_asset(max, owner="nobody@example.com")


def test_two_assets_of_one_title_get_two_addresses(max):
    slugs = {an_asset(max, "Pricing").slug, an_asset(max, "Pricing").slug}
    assert slugs == {"pricing", "pricing-2"}


def test_a_title_of_digits_is_not_taken_for_an_id(max):
    asset = an_asset(max, "2026")
    assert assets.get(max, asset.slug).id == asset.id


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Acme battlecard", "battlecard"),
        ("Price list 2026", "pricing"),
        ("A customer story", "case_study"),
        ("Nothing special", "other"),
    ],
)
def test_the_kind_is_guessed_from_the_title(max, title, kind):
    assert an_asset(max, title).kind == kind
