"""README says what is."""

import re
from dataclasses import fields
from pathlib import Path

from app.config import Settings

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", README, re.MULTILINE))
    assert rows.keys() == {field.name.upper() for field in fields(Settings)}
    for field in fields(Settings):
        default = {True: "yes", "": ""}.get(field.default, str(field.default))
        if field.name != "secret_key" and default:
            assert rows[field.name.upper()] == f"`{default}`"


def test_every_command_is_named(the_app):
    missing = [
        name for name in the_app.cli.commands if not re.search(rf"`{re.escape(name)}\b", README)
    ]
    assert missing == []


def test_every_file_that_it_names_is_there():
    root = Path(__file__).resolve().parent.parent
    named = re.findall(r"`(docs/[\w.]+|[A-Z]+\.md)`|\]\((docs/[\w.]+)\)", README)
    assert [one for pair in named for one in pair if one and not (root / one).exists()] == []
