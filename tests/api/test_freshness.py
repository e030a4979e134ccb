"""Is my copy current? By the JSON API and by the command."""

import hashlib

import pytest

from app.db import transaction
from app.inputs.asset import Retirement
from app.queries import assets
from app.services import retirement
from tests.factories import a_draft, a_retired_asset, a_version, an_asset

PATH = "/api/v1/freshness"


def sha256(text: str) -> str:
    """The fingerprint of a text file."""
    return hashlib.sha256(text.encode()).hexdigest()


def ask(client, *texts):
    """The verdicts on copies with these texts."""
    return client.post(PATH, json={"sha256": [sha256(text) for text in texts]}).json["items"]


def test_each_copy_has_its_verdict(call, max):
    other = an_asset(max, "Newer deck", text="newer")
    a_retired_asset(max, "Old deck", text="gone", replaced_by=other.id)
    a_version(max, an_asset(max, "Acme deck", text="first"), "second")
    found = ask(call("rae"), "second", "first", "gone", "changed")
    told = [(one["verdict"], one["version"], one["current"]) for one in found]
    assert told == [
        ("current", 2, None),
        ("superseded", 1, 2),
        ("retired", 1, None),
        ("unknown", None, None),
    ]
    assert found[0]["asset"]["title"] == "Acme deck"
    assert found[2]["replaced_by"]["title"] == "Newer deck"


def test_a_chain_of_replacements_leads_to_the_living_one(call, max):
    last = an_asset(max, "Last", text="last")
    middle = an_asset(max, "Middle", text="middle")
    a_retired_asset(max, "First", text="first", replaced_by=middle.id)
    with transaction():
        asked = Retirement(reason="Old", replaced_by=last.id)
        retirement.retire(max, assets.get(max, middle.id), asked)
    assert ask(call("rae"), "first")[0]["replaced_by"]["title"] == "Last"


def test_what_nobody_published_is_unknown(call, max):
    a_draft(max, text="secret")
    a_version(max, an_asset(max, text="known"), "waits", publish=False)
    found = [ask(call(name), "secret", "waits") for name in ("rae", "max")]
    assert [one["verdict"] for items in found for one in items] == ["unknown"] * 4


def test_where_a_version_came_back_the_copy_is_current(call, max):
    asset = an_asset(max, text="first")
    a_version(max, asset, "second")
    call("max").post(f"/api/v1/assets/{asset.id}/rollback", json={"to": 1, "change_note": "Back"})
    assert ask(call("rae"), "first")[0] | {"asset": None} == {
        "sha256": sha256("first"),
        "verdict": "current",
        "asset": None,
        "version": 3,
        "current": None,
        "replaced_by": None,
    }


@pytest.mark.parametrize(
    "sent",
    [{}, {"sha256": []}, {"sha256": ["x"]}, {"sha256": ["a" * 64] * 501}, {"sha256": "a" * 64}],
)
def test_what_is_no_list_of_hashes_is_refused(call, sent):
    assert call("rae").post(PATH, json=sent).status_code == 422


def test_hashes_may_be_in_capitals_and_come_twice(call, max):
    an_asset(max, text="first")
    asked = [sha256("first").upper(), sha256("first")]
    items = call("rae").post(PATH, json={"sha256": asked}).json["items"]
    assert [one["verdict"] for one in items] == ["current", "current"]


def test_a_folder_is_looked_through(app, max, tmp_path):
    a_version(max, an_asset(max, "Acme deck", text="first"), "second")
    folder = tmp_path / "laptop" / "deep"
    folder.mkdir(parents=True)
    (folder / "old.txt").write_text("first")
    (folder.parent / "new.txt").write_text("second")
    printed = app.test_cli_runner().invoke(args=["freshness", str(folder.parent)]).output
    assert "superseded" in printed and "Acme deck, version 1; use version 2" in printed
    assert "1 current, 1 superseded, 0 retired, 0 unknown" in printed
