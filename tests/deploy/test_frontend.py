"""The front-end set-up: which icons are wanted, the sprite, and when nothing is to be done."""

import json
from pathlib import Path

import pytest

from deploy import frontend

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="icon">'
    '<path stroke="none" d="M0 0h24v24H0z" fill="none" /><path d="M1 2" /></svg>'
)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    (tmp_path / "anchor.svg").write_text(PICTURE)
    return tmp_path


def test_icons_are_found_in_calls_arguments_and_tables() -> None:
    text = """{{ icon("search") }} {{ link("x", icon='send') }}{% set a_icons = {"a": "award"} %}"""
    assert frontend.icons_in(text) == {"search", "send", "award"}


def test_other_quoted_words_are_no_icons() -> None:
    assert (
        frontend.icons_in('{{ kind_icon("deck") }} {{ button("save", look="primary") }}') == set()
    )


def test_the_sprite_holds_each_icon_without_its_invisible_frame(pictures: Path) -> None:
    sprite = frontend.sprite(["anchor"], pictures)
    assert 'id="anchor"' in sprite
    assert '<path d="M1 2" />' in sprite
    assert "M0 0h24v24H0z" not in sprite


def test_an_icon_that_does_not_exist_is_named(pictures: Path) -> None:
    with pytest.raises(frontend.FrontendError, match="ankor"):
        frontend.sprite(["ankor"], pictures)


def test_a_missing_file_means_that_the_vendor_folder_is_not_current(tmp_path: Path) -> None:
    (tmp_path / ".stamp").write_text("same")
    assert not frontend.is_current(tmp_path / ".stamp", "same")


def test_a_whole_vendor_folder_with_its_stamp_is_current(tmp_path: Path) -> None:
    for name in [*frontend.FILES, "icons.svg"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".stamp").write_text("same")
    assert frontend.is_current(tmp_path / ".stamp", "same")


def test_another_icon_means_that_it_is_not_current() -> None:
    assert frontend.fingerprint(["anchor"]) != frontend.fingerprint(["anchor", "award"])


def test_the_lock_pins_every_package_by_hash_and_names_no_registry() -> None:
    packages = json.loads((frontend.ROOT / "package-lock.json").read_text())["packages"]
    pinned = [package for name, package in packages.items() if name]
    assert pinned
    assert all("integrity" in package and "resolved" not in package for package in pinned)
