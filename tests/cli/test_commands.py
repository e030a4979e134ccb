"""The flask commands."""

import json
import os
import re
from pathlib import Path

import pytest

from app.backends.storage import registry as storing
from app.choices import Role
from app.db import session, transaction
from app.models import Asset, AuditLine
from app.queries import people
from app.services.versions import resolve
from tests import places
from tests.factories import an_asset, elsewhere, settle


@pytest.fixture
def flask(app):
    """Runs a command in a thread of its own; answers what it printed and its exit status."""

    def run(*words: str) -> tuple[str, int]:
        held = []
        runner = app.test_cli_runner()
        elsewhere(lambda: held.append(runner.invoke(args=list(words))))
        return held[0].output, held[0].exit_code

    return run


def test_adding_somebody_prints_a_one_time_password(flask):
    output, code = flask("user", "add", "New@Example.com", "--role", "rep", "--team", "West")
    assert code == 0 and re.fullmatch(r"(\w{4}-){3}\w{4}", output.splitlines()[-1])
    person = people.by_email("new@example.com")
    assert (person.role, person.team.name, person.must_change_password) == (Role.REP, "West", True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("user", "add", "rae@example.com", "--role", "rep"), "has an account already"),
        (("user", "add", "nonsense", "--role", "rep"), "Email"),
        (("user", "password", "no@example.com"), "Nobody with the address"),
        (("token", "issue", "no@example.com"), "Nobody with the address"),
        (("user", "deactivate", "ada@example.com"), "last admin"),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(flask, words, sentence):
    output, code = flask(*words)
    assert code == 1 and sentence in output and "Traceback" not in output


def test_a_token_stands_alone_on_the_last_line(flask, app):
    output, _ = flask("token", "issue", "rae@example.com", "--days", "3")
    header = {"Authorization": f"Bearer {output.splitlines()[-1]}"}
    assert app.test_client().get("/api/v1/me", headers=header).json["name"] == "Rae"


def test_the_database_is_checked(flask):
    assert flask("db", "check")[1] == 0


def test_an_older_database_is_told_how_to_be_upgraded(flask):
    flask("db", "downgrade", "base")
    output, code = flask("db", "check")
    assert code == 1 and "flask db upgrade" in output
    assert flask("db", "upgrade")[1] == 0


def test_searching_from_the_command_line(flask, max):
    an_asset(max, text="The walrus plan.")
    settle()
    found = json.loads(flask("search", "walrus", "--json")[0])
    assert (found["total"], found["hits"][0]["title"]) == (1, "Acme deck")
    assert "walrus plan" in flask("search", "walrus")[0]


def test_the_index_is_made_anew_and_checked(flask, max):
    an_asset(max)
    assert flask("index", "check")[1] == 1
    output, code = flask("index", "rebuild")
    assert code == 0 and "1 of 1 assets (100 %)" in output
    assert flask("index", "check")[1] == 0


def test_a_folder_is_imported_once(flask, tmp_path):
    folder = tmp_path / "drop" / "deeper"
    folder.mkdir(parents=True)
    (folder / "price list.md").write_text("# Prices\n\nNinety euros.")
    (folder / ".hidden").write_text("x")
    (folder / "empty.txt").write_text("")
    words = ("import-folder", str(tmp_path / "drop"), "--publish", "--no-wait")
    assert "1 new, 0 here already, 1 refused" in flask(*words)[0]
    assert "0 new, 1 here already, 1 refused" in flask(*words)[0]
    asset = session.query(Asset).one()
    assert (asset.title, asset.kind, asset.status) == ("Price list", "pricing", "published")


def test_an_import_belongs_to_whom_it_should(flask, tmp_path):
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.txt").write_text("words")
    words = ("import-folder", str(tmp_path / "drop"), "--owner", "rae@example.com", "--no-wait")
    flask(*words, "--kind", "deck")
    asset = session.query(Asset).one()
    assert (asset.owner.name, asset.kind, asset.status) == ("Rae", "deck", "draft")


def test_an_import_into_a_hub_without_people_works(flask, tmp_path):
    with transaction():
        for person in session.query(people.User):
            person.is_active = False
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.txt").write_text("words")
    assert flask("import-folder", str(tmp_path / "drop"), "--publish", "--no-wait")[1] == 0
    assert not people.is_anybody()


class TestDoctor:
    """The doctor finds what is wrong and says how to mend it."""

    def test_a_sound_hub(self, flask, max):
        an_asset(max)
        settle()
        assert flask("doctor", "--fixity")[1] == 0

    def test_mail_that_only_the_log_gets(self, flask):
        assert "ok       mail: It goes to the log." in flask("doctor")[0]

    def test_a_mail_server_that_answers(self, flask, mailbox):
        assert f"ok       mail: It goes to 127.0.0.1:{mailbox.port}." in flask("doctor")[0]
        assert mailbox.messages == []

    def test_a_mail_server_that_is_gone(self, flask, mailbox):
        mailbox.stop()
        output, code = flask("doctor")
        assert code == 1 and "PROBLEM  mail: The mail server 127.0.0.1" in output
        assert "Check MAIL_URL" in output

    @places.folder_only
    def test_a_missing_file(self, flask, max):
        version = resolve(max, an_asset(max))
        settle()
        storing.current().local_path(version.sha256).unlink()
        output, code = flask("doctor")
        assert code == 1 and version.sha256 in output and "backup" in output

    @places.folder_only
    def test_a_flipped_byte(self, flask, max):
        version = resolve(max, an_asset(max))
        settle()
        path = storing.current().local_path(version.sha256)
        path.chmod(0o600)
        path.write_bytes(b"other words")
        assert flask("doctor")[1] == 0
        assert "damaged" in flask("doctor", "--fixity")[0]

    @places.folder_only
    def test_an_orphan(self, flask, max):
        version = resolve(max, an_asset(max))
        settle()
        place = storing.current().local_path(version.sha256)
        (place.parent / ("0" * 64)).write_text("x")
        assert "belongs to no version" in flask("doctor")[0]

    def test_a_missing_a_damaged_and_an_orphaned_file_in_s3(self, flask, s3_store, max):
        lost, spoilt, sound = (resolve(max, an_asset(max, title)).sha256 for title in "ABC")
        settle()
        client = s3_store._clients.patient()
        client.delete_object(**s3_store._at(lost))
        client.put_object(**s3_store._at(spoilt), Body=b"other words")
        client.put_object(**s3_store._at("0" * 64), Body=b"x")
        output, code = flask("doctor", "--fixity")
        assert code == 1 and f"has no file {lost}" in output
        assert f"damaged file {spoilt}" in output and "0" * 64 in output and sound not in output

    def test_an_outage_of_s3_is_no_loss(self, flask, s3_store, s3_proxy, max):
        an_asset(max)
        settle()
        s3_proxy.fail(500)
        output, code = flask("doctor")
        assert code == 1 and "could not be read now" in output and "could not be listed" in output
        assert "has no file" not in output

    def test_a_changed_audit_line(self, flask, max):
        an_asset(max)
        settle()
        with transaction():
            session.query(AuditLine).order_by(AuditLine.id).first().actor_name = "Somebody else"
        assert "audit: line 1 was changed" in flask("doctor")[0]

    def test_a_missing_audit_line(self, flask, max):
        an_asset(max)
        settle()
        with transaction():
            session.delete(session.query(AuditLine).order_by(AuditLine.id).first())
        assert "audit: line 2" in flask("doctor")[0]

    def test_an_index_that_is_not_there(self, flask, max):
        an_asset(max)
        output, code = flask("doctor")
        assert code == 1 and "index" in output


@places.folder_only
def test_a_name_that_is_not_text_and_a_pipe_hold_up_nothing(flask, tmp_path):
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "good.txt").write_text("words")
    (Path(os.fsdecode(bytes(folder) + b"/caf\xe9.txt"))).write_text("more words")
    os.mkfifo(folder / "pipe.txt")
    (folder / "link.txt").symlink_to(folder / "good.txt")
    output, code = flask("import-folder", str(folder), "--no-wait")
    assert code == 0 and "2 files: 2 new" in output
    assert not any((tmp_path / "content" / ".staging").iterdir())
